-- Indicators of the ledger: spending and execution, per fund and over all funds.
{{ indicator_rows(ref('int_fund_total'), [
    ['fund_spend', 'outlay_yuan', none],
    ['execution_rate', 'outlay_yuan', 'available_yuan'],
]) }}
