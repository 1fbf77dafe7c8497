"""Mail is shown with its own pictures, without those that spy, and with what it quotes folded."""

import re
import time

import pytest

from kept.kit.html import clean, show, to_text

PICTURES = {"pic@x": "/files/7", "a b@x": "/files/8"}
REMOTE = '<p>Hi</p><img src="https://x.example/a.png" alt="Our poster">'


def shown(html, *, remote=False):
    return show(html, pictures=PICTURES, remote=remote)


def test_pictures_that_came_along_are_shown_from_where_we_keep_them():
    found = shown('<p>Hi</p><img src="cid:pic@x" alt="Us" width="40"><img src="CID:a%20b@x">')
    assert '<img src="/files/7" alt="Us" width="40"' in found.html
    assert 'src="/files/8"' in found.html
    assert found.remote_pictures_blocked == 0


def test_of_a_picture_that_did_not_come_its_words_stay():
    assert shown('<p>Hi</p><img src="cid:none@x" alt="Our &lt;b&gt; logo">').html == "<p>Hi</p>Our &lt;b&gt; logo"


def test_pictures_from_elsewhere_are_blocked_and_counted():
    found = shown(REMOTE + REMOTE)
    assert "x.example" not in found.html
    assert found.html.count("Our poster") == found.remote_pictures_blocked == 2


def test_pictures_from_elsewhere_come_when_asked_for_and_are_told_nothing():
    found = shown(REMOTE, remote=True)
    assert '<img src="https://x.example/a.png" alt="Our poster"' in found.html
    assert 'referrerpolicy="no-referrer"' in found.html
    assert found.remote_pictures_blocked == 0


@pytest.mark.parametrize(
    "attributes",
    [
        'width="1" height="1"',
        "height=0",
        'style="width:1px;height:1px"',
        'style="display: none"',
        "STYLE='max-height: 1px !important'",
        'width="1px"',
    ],
)
def test_pictures_too_small_to_be_seen_never_come(attributes):
    found = shown(f'<p>Hi</p><img src="https://x.example/spy.gif" {attributes}>', remote=True)
    assert (found.html, found.remote_pictures_blocked) == ("<p>Hi</p>", 0)


def test_links_open_in_a_window_of_their_own_that_knows_nothing_of_us():
    (link,) = re.findall("<a[^>]*>", shown('<a href="https://x.example" target="_top" onclick="x()">go</a>').html)
    assert 'target="_blank"' in link
    assert 'rel="noopener noreferrer nofollow"' in link
    assert "onclick" not in link


@pytest.mark.parametrize(
    "html",
    [
        '<div style="position:fixed;top:0">Hi</div>',
        "<style>body{display:none}</style><div class='app-toolbar' id='main'>Hi</div>",
        '<div data-hx-get="/x" hx-post="/y">Hi</div>',
        '<details open class="quote"><div>Hi</div></details>',
    ],
)
def test_a_mail_cannot_dress_up_as_a_page_of_ours(html):
    assert shown(html).html == "<div>Hi</div>"


@pytest.mark.parametrize(
    "html",
    [
        '<img src="x" onerror="x()">',
        "<img/src='https://x.example/a'onerror=x()>",
        '<a title="<img src=x onerror=x()>" href="https://x.example">go</a>',
        "<svg><style><img src=x onerror=x()></style></svg>",
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x()&gt;">',
        '<p title="</title><script>x()</script>">Hi',
        '<noscript><p title="</noscript><script>x()</script>">',
        "<<script>x()</script>",
        "<scr<script>ipt>x()</script>",
        '<img alt="&quot; onerror=&quot;x()" src="cid:none">',
        '<img title="&quot; onerror=&quot;x()" src="cid:pic@x">',
        "<!--><script>x()</script>-->",
        "<a href='java&#10;script:x()'>go</a>",
    ],
)
@pytest.mark.parametrize("remote", [True, False])
def test_nothing_in_a_mail_can_act(html, remote):
    found = shown(html, remote=remote).html.lower()
    tags = re.findall(r'<[a-z](?:"[^"]*"|[^">])*>', found)
    names = {name for tag in tags for name in re.findall(r"\s([a-z-]+)=", re.sub(r'"[^"]*"', '""', tag))}
    assert names <= {"src", "alt", "width", "height", "title", "href", "rel", "target", "loading", "referrerpolicy"}
    assert "<script" not in found
    assert "javascript:" not in re.sub(r"\s", "", found)


GMAIL = (
    '<div dir="ltr">Fine.</div><br><div class="gmail_quote"><div class="gmail_attr">6. 5. 2024 Ada &lt;a@s.example&gt;:'
    '<br></div><blockquote class="gmail_quote" style="margin:0">Is it?</blockquote></div>'
)
OUTLOOK = (
    "<div class=WordSection1><p>Fine.</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;"
    "padding:3.0pt 0cm 0cm 0cm'><p><b>Lähettäjä:</b> Ada &lt;a@s.example&gt;<br><b>Aika:</b> 6.5.2024 10:00</p></div>"
    "</div><p>Is it?</p></div>"
)
QUOTES = {
    "gmail": GMAIL,
    "outlook": OUTLOOK,
    "outlook on the web": '<div>Fine.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">Ada</div>Is it?',
    "thunderbird": '<p>Fine.</p><div class="moz-cite-prefix">Ada:</div><blockquote type="cite">Is it?</blockquote>',
    "apple": '<div>Fine.</div><blockquote type="cite"><div>Ada:</div>Is it?</blockquote>',
    "yahoo": '<div>Fine.</div><div id="ydp1abyahoo_quoted_12"><div>Ada</div>Is it?</div>',
    "proton": '<div>Fine.</div><div class="protonmail_quote">Ada<blockquote type="cite">Is it?</blockquote></div>',
    "hotmail": '<div>Fine.<hr id="stopSpelling">Ada<br>Is it?</div>',
    "outlook on a phone": '<div>Fine.</div><div id="mail-editor-reference-message-container">Ada: Is it?</div>',
    "quoted by outlook": '<div>Fine.</div><blockquote class="x_gmail_quote" type="cite">Is it?</blockquote>',
}


@pytest.mark.parametrize("html", QUOTES.values(), ids=QUOTES)
def test_what_a_program_quotes_is_marked_in_text_and_folded_on_the_page(html):
    lines = [line for line in to_text(html).split("\n") if line.strip("> ")]
    assert lines[0] == "Fine."
    assert lines[1:]
    assert all(line.startswith(">") for line in lines[1:])
    folds = shown(html).html
    before, _, after = folds.partition("<details")
    assert "Fine." in before
    assert 'class="quote"' in after
    assert "Is it?" in after
    assert folds.count("<details") == folds.count("</details>")


def test_answers_between_the_quotes_of_gmail_stay_outside_of_them():
    html = '<div class="gmail_quote"><div class="gmail_attr">Ada:</div><blockquote>One?</blockquote>Yes.'
    html += "<blockquote>Two?</blockquote>No.</div>"
    assert [line for line in to_text(html).split("\n") if line and not line.startswith(">")] == ["Yes.", "No."]


def test_a_forward_of_gmail_is_a_quote_as_a_whole():
    html = '<div>Look.</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message -----</div>'
    html += "Buy!<blockquote>Older</blockquote></div>"
    lines = [line for line in to_text(html).split("\n") if line.strip("> ")]
    assert [line.startswith(">") for line in lines] == [False, True, True, True]


def test_a_newsletter_with_rules_between_its_stories_is_no_quote():
    html = "<p>One</p><div style='border-top: 1px solid #ccc'><p>Two</p></div>"
    assert ">" not in to_text(html)
    assert "<details" not in shown(html).html


def test_a_mail_that_is_nothing_but_a_quote_is_not_folded_away():
    assert "<details open" in shown('<blockquote type="cite">Is it?</blockquote>').html


def test_a_marked_signature_is_marked_in_the_text():
    assert to_text('<div>Fine.</div><div class="gmail_signature">Cleo<br>Borealis</div>') == "Fine.\n--\nCleo\nBorealis"


def test_clean_html_cleaned_again_is_the_same():
    for html in (*QUOTES.values(), REMOTE):
        once = clean(html, remote_pictures=True)
        assert clean(once, remote_pictures=True) == once


@pytest.mark.parametrize(
    "html",
    [
        "<div " + " ".join(f"a{i}=1" for i in range(150_000)) + ">",
        "<div " + "/".join(f"a{i}" for i in range(150_000)) + ">",
        "<div " + "".join(f'a{i}=">"' for i in range(100_000)) + ">",
        "<script>\"<a x='</script><div " + " ".join(f"a{i}" for i in range(150_000)) + ">",
        '<a x="' * 200_000,
        "<!--" * 300_000,
        "<a " * 300_000,
        "<script>" * 150_000,
        "<![" * 300_000,
        "</a" * 300_000,
        '<div class="gmail_quote">' * 1900 + "x" * 500_000,
        '<div style="border-top:1px solid"></div>' * 40_000,
        '<div class="gmail_quote"><blockquote></blockquote></div>' * 30_000,
        "<table><tr>" + "<td>x</td>" * 150_000 + "</tr></table>",
    ],
    ids=range(14),
)
def test_html_made_to_wear_out_its_reader_is_shown_in_the_time_of_other(html):
    began = time.process_time()
    show(html + "Hi", pictures={}, remote=False)
    assert time.process_time() - began < 6
