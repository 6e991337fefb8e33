"""What goes to the browser as finished HTML: the same elements, every text escaped; what a callback fills stays apart."""

from __future__ import annotations

from dash import dcc, html

from dashboards.components import Chart, Markup, folded, markup

HOSTILE = '<img src=x onerror="alert(1)">&'


def test_a_text_is_never_an_element():
    assert markup(html.P(HOSTILE)) == '<p>&lt;img src=x onerror="alert(1)"&gt;&amp;</p>'


def test_a_value_never_leaves_its_attribute():
    written = markup(html.A("x", href="/?a=1&b=2", title=HOSTILE, **{"data-go": "", "aria-label": "'"}))
    assert written == (
        '<a aria-label="&#x27;" data-go="" href="/?a=1&amp;b=2" title="&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;">'
        "x</a>"
    )


def test_attributes_have_their_names_in_html():
    assert markup(html.Th(["a", html.Wbr()], className="n", scope="col")) == '<th class="n" scope="col">a<wbr></th>'
    assert markup(html.Label(1, htmlFor="seek", tabIndex="0")) == '<label for="seek" tabindex="0">1</label>'
    assert markup(html.P(None)) == "<p></p>"


def test_what_a_callback_or_a_chart_needs_stays_a_component_and_the_rest_is_one_each():
    chart = Chart("{}", {}, 300)
    block = folded(html.Section([html.H2("标题"), html.Figure([html.Div(chart), html.Figcaption("图")]), "词"]))
    heading, figure, text = block.children
    assert isinstance(block, html.Section) and isinstance(figure, html.Figure) and text == "词"
    assert (heading.tag, heading.content) == ("h2", "标题")
    assert figure.children[0].children is chart and figure.children[1].tag == "figcaption"
    assert isinstance(folded(html.P("词")), Markup)
    assert isinstance(folded(dcc.Input(id="seek")), dcc.Input)
