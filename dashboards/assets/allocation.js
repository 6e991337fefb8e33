// The address of the page on allocation says what the sliders say, so that a copied link and an export show the same.
window.dash_clientside = Object.assign({}, window.dash_clientside, {
    allocation: {
        keep: function (state) {
            if (state) {
                const at = new URL(window.location.href);
                at.searchParams.set("w", state);
                window.history.replaceState(window.history.state, "", at.pathname + at.search);
                document.querySelectorAll("#page .actions a[href]").forEach(function (link) {
                    const to = new URL(link.getAttribute("href"), window.location.href);
                    to.searchParams.set("w", state);
                    link.setAttribute("href", to.pathname + to.search);
                });
            }
            return window.dash_clientside.no_update;
        }
    }
});
