// What only the browser can do: the document's language and title, and closing the drawer by its address.
window.dash_clientside = Object.assign({}, window.dash_clientside, {
    skillhouse: {
        // The server says language, title and text size; the document element carries them.
        describe: function (page) {
            if (page) {
                document.documentElement.lang = page.lang;
                document.documentElement.dataset.size = page.size;
                document.documentElement.dataset.theme = page.theme;
                document.title = page.title;
            }
            return window.dash_clientside.no_update;
        },
        // A closed drawer leaves the address, so that Back and a copied link agree with what is seen.
        close: function (opened, search) {
            if (opened || !search || search.indexOf("def=") < 0) {
                return window.dash_clientside.no_update;
            }
            const query = new URLSearchParams(search);
            query.delete("def");
            const rest = query.toString();
            return rest ? "?" + rest : "";
        }
    }
});

// Links within the site change the address without loading the page again; with a modifier key they stay plain links.
document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a[data-go]");
    if (!link || event.defaultPrevented || event.button !== 0) { return; }
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    if (link.href === window.location.href) { return; }
    const before = window.location.pathname;
    window.history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    if (before !== window.location.pathname) {
        window.scrollTo(0, 0);
        const main = document.getElementById("page");
        if (main) { main.focus({ preventScroll: true }); }
    }
});
