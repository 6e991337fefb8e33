// Components of our own (dashboards/components.py): finished HTML, and a chart that is drawn once.
(function () {
    // plotly is half of all that a page loads: only where there is a chart, or when the browser has nothing else to do.
    let loading = null;
    function plotly() {
        loading = loading || new Promise(function (ready, failed) {
            if (window.Plotly) { ready(window.Plotly); return; }
            const begun = document.getElementById("plotly-script");
            const script = begun || document.createElement("script");
            script.addEventListener("load", function () { ready(window.Plotly); });
            script.addEventListener("error", failed);
            if (!begun) {
                script.src = document.querySelector("meta[name=plotly]").content;
                document.head.appendChild(script);
            }
        });
        return loading;
    }
    window.addEventListener("load", function () {
        (window.requestIdleCallback || window.setTimeout)(plotly, { timeout: 5000 });
    });

    // One chart after the other: the first is seen before the next is drawn. What nobody looks at is not painted.
    let last = Promise.resolve();
    function seen(next) {
        window.setTimeout(next, 100);
        window.requestAnimationFrame(function () { window.setTimeout(next, 0); });
    }
    function inTurn(draw) {
        last = last.then(plotly).then(function (Plotly) {
            draw(Plotly);
            return new Promise(seen);
        }).catch(function (error) { loading = null; window.console.error(error); });
    }

    function Markup(given) {
        return window.React.createElement(given.tag, Object.assign({}, given.attributes, {
            dangerouslySetInnerHTML: { __html: given.content }
        }));
    }

    function Chart(given) {
        const place = window.React.useRef(null);
        window.React.useEffect(function () {
            let isGone = false;
            inTurn(function (Plotly) {
                if (isGone || !place.current) { return; }
                const figure = JSON.parse(given.figure);
                Plotly.react(place.current, figure.data, figure.layout, given.config);
            });
            return function () { isGone = true; };
        }, [given.figure, given.config.locale]);
        window.React.useEffect(function () {
            const drawn = place.current;
            return function () { if (window.Plotly) { window.Plotly.purge(drawn); } };
        }, []);
        return window.React.createElement("div", { ref: place, style: { height: given.height + "px" } });
    }

    window.skillhouse = { Markup: Markup, Chart: Chart };
})();
