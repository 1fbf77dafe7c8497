"""Foreign HTML is safe to show, and reads well as text."""

import pytest

from kept.kit.html import clean, from_text, to_text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p onclick='x()'>Hi</p>", "<p>Hi</p>"),
        ("<script>x()</script>Hi", "Hi"),
        ("<style>p {color: red}</style><p style='color: red'>Hi</p>", "<p>Hi</p>"),
        ("<form action='https://x.example'><input name=a>Hi</form>", "Hi"),
        ("<iframe src='https://x.example'>a</iframe>Hi", "Hi"),
        ("<svg><script>x()</script></svg>Hi", "Hi"),
        ('<img src="https://x.example/a.png" alt="Us">', '<img alt="Us">'),
        ('<img src="//x.example/a.png">', "<img>"),
        ('<img src="cid:pic@x">', '<img src="cid:pic@x">'),
        ('<img src="data:image/svg+xml;base64,AAAA">', "<img>"),
        ("<table background='https://x.example/a.png'><tbody><tr><td>Hi</td></tr></tbody></table>",) * 1
        + ("<table><tbody><tr><td>Hi</td></tr></tbody></table>",),
        ("<title>Mail</title><body>Hi", "Hi"),
        ("<p>never closed", "<p>never closed</p>"),
        ("nothing\0here", "nothinghere"),
    ],
)
def test_what_could_harm_or_spy_is_taken_out(html, expected):
    assert clean(html) == expected


@pytest.mark.parametrize(
    "link", ["javascript:x()", "data:text/html,x", " JaVaScRiPt:x()", "file:///etc/passwd", "/here"]
)
def test_links_lead_to_the_web_or_to_mail_or_nowhere(link):
    assert "href" not in clean(f'<a href="{link}">go</a>')


def test_links_do_not_tell_where_they_were_followed_from():
    assert clean('<a href="https://x.example/">go</a>').count("noopener noreferrer nofollow") == 1


def test_pictures_from_elsewhere_are_shown_when_asked_for():
    assert 'src="https://x.example/a.png"' in clean('<img src="https://x.example/a.png">', remote_pictures=True)


@pytest.mark.parametrize(
    "html",
    ["<div>" * 20_000, "<div>" * 300_000, "<div></b>" * 100_000, "<td><p><li><dd>" * 90_000, "<blockquote>" * 19_000],
)
def test_html_made_to_wear_out_a_reader_keeps_its_words(html):
    assert to_text(html + "Hi") == clean(html + "Hi").strip() == "Hi"


def test_html_made_to_fill_the_house_keeps_its_words_and_grows_no_further():
    assert len(clean("<a>Hi</a>" * 100_000)) < 1_000_000


def test_long_html_of_many_closed_tags_keeps_its_form():
    assert clean("<p><b>Hi</b><br><i>Ada</i>" * 5000).count("<b>") == 5000


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("One<br>Two", "One\nTwo"),
        ("<ul><li>One<li>Two</ul>", "- One\n- Two"),
        ("<p>Hi   there,\n  Ada &amp; Bo &lt;3</p>", "Hi there, Ada & Bo <3"),
        ('<a href="https://x.example/a">see</a>', "see <https://x.example/a>"),
        ('<a href="mailto:cleo@b.example">cleo@b.example</a>', "cleo@b.example"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        (
            "<p>Yes.</p><blockquote>One<br>Two<blockquote>Older</blockquote></blockquote>",
            "Yes.\n\n> One\n> Two\n>\n> > Older",
        ),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"),
    ],
)
def test_html_reads_well_as_text(html, text):
    assert to_text(html) == text


def test_text_shown_as_html_reads_the_same():
    assert to_text(from_text("a < b\nc & d")) == "a < b\nc & d"
