// What only the browser can do: the document's language and title, the drawer, links, keys.
window.dash_clientside = Object.assign({}, window.dash_clientside, {
    skillhouse: {
        // The server says language, title and text size; the document element carries them.
        describe: function (page) {
            if (page) {
                document.documentElement.lang = page.lang;
                document.documentElement.dataset.size = page.size;
                document.documentElement.dataset.theme = page.theme;
                document.documentElement.dataset.keys = page.keys;
                document.title = page.title;
                const tab = document.querySelector("#tabs a[aria-current]");
                if (tab) { tab.scrollIntoView({ block: "nearest", inline: "nearest" }); }
            }
            return window.dash_clientside.no_update;
        },
        // A dialog of the browser: it keeps the focus, closes on Escape and gives the focus back.
        open: function (isOpen) {
            const drawer = document.getElementById("drawer");
            if (drawer && isOpen && !drawer.open) { drawer.showModal(); }
            if (drawer && !isOpen && drawer.open) { drawer.close(); }
            return window.dash_clientside.no_update;
        }
    }
});

// A closed drawer leaves the address, so that Back and a copied link agree with what is seen.
document.addEventListener("close", function (event) {
    const at = new URL(window.location.href);
    if (event.target.id !== "drawer" || !at.searchParams.has("def")) { return; }
    at.searchParams.delete("def");
    window.history.pushState({}, "", at.pathname + at.search);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
}, true);
document.addEventListener("click", function (event) {
    const drawer = document.getElementById("drawer");
    if (drawer && (event.target === drawer || event.target.closest && event.target.closest("#drawer .close"))) {
        drawer.close();
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

// What a control says it did, said to a screen reader too; the text comes with the control.
function skillhouseSay(control, text) {
    const before = control.textContent;
    control.textContent = text;
    window.setTimeout(function () { control.textContent = before; }, 2000);
}

// Copy the address of this view, with its release, so that it shows the same numbers later and elsewhere.
function skillhouseCopy(control) {
    const text = new URL(control.getAttribute("href"), window.location.href).href;
    const told = function () { skillhouseSay(control, control.dataset.done); };
    if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(text).then(told, function () { window.prompt("", text); });
        return;
    }
    window.prompt("", text);
}

document.addEventListener("click", function (event) {
    const control = event.target.closest && event.target.closest("a[data-copy], a[data-image]");
    if (!control) { return; }
    event.preventDefault();
    if (control.hasAttribute("data-copy")) { skillhouseCopy(control); return; }
    const chart = control.closest("section").querySelector(".js-plotly-plot");
    if (chart && window.Plotly) {
        window.Plotly.downloadImage(chart, { format: "png", scale: 2, filename: control.dataset.image });
    }
});

// Keys: g and a letter goes to a page, / searches, ? helps, arrows walk a table's links, Backspace goes up.
// They can be switched off (WCAG 2.1.4) and never work while someone types.
let skillhouseWaits = false;
document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.documentElement.dataset.keys === "off") { return; }
    const at = event.target;
    if (at.closest && at.closest("input, textarea, select, [contenteditable], [role=dialog]")) { return; }
    const go = function (link) { if (link) { event.preventDefault(); link.click(); } };
    if (skillhouseWaits) {
        skillhouseWaits = false;
        if (/^[a-z]$/.test(event.key)) { go(document.querySelector('a[data-key="' + event.key + '"]')); }
        return;
    }
    if (event.key === "g") {
        skillhouseWaits = true;
        window.setTimeout(function () { skillhouseWaits = false; }, 1500);
    } else if (event.key === "/") {
        const box = document.getElementById("seek");
        if (box) { event.preventDefault(); box.focus(); }
    } else if (event.key === "?") {
        go(document.querySelector("a[data-help]"));
    } else if (event.key === "Backspace") {
        go(document.querySelector("a[data-up]"));
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const row = at.closest && at.closest("table.rows tbody tr");
        if (!row) { return; }
        let next = row;
        do { next = event.key === "ArrowDown" ? next.nextElementSibling : next.previousElementSibling; }
        while (next && !next.querySelector("a"));
        if (next) { event.preventDefault(); next.querySelector("a").focus(); }
    }
});

// A session that has ended shows the way in, not a page that no longer answers.
(function () {
    const ask = window.fetch;
    window.fetch = function () {
        return ask.apply(window, arguments).then(function (answer) {
            if (answer.status === 401 || answer.redirected && answer.url.indexOf("/login") >= 0) { window.location.reload(); }
            return answer;
        });
    };
})();
