"""Lines of HTML and Markdown: headings, list items and links kept, scripts and styles left out."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewnlp.reading.lines import Line, clean, split_blocks, split_lines
from reviewnlp.reading.wordlists import word_list
from reviewnlp.records import Link

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_COMMENT = r"\s*(?:<!--.{0,2000}?-->\s*)?"
_PAGE = re.compile(rf"{_COMMENT}<(?:!doctype\s+html|html|head|body)\b[^<>]*>", re.IGNORECASE | re.DOTALL)
_FRAGMENT = re.compile(
    rf"{_COMMENT}<(?:main|article|section|div|h[1-6]|p|ul|ol|table)\b[^<>]*>", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,20})\b[^<>]{0,5000}>?")
_DEEPEST = 1000

_MD_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>.*?)(?:[ \t]+#+)?$")
_MD_ITEM = re.compile(r"(?:[*+-]|\d{1,3}[.)])[ \t]+(?=\S)")
_MD_LINK = re.compile(
    r"!?\[(?P<text>[^\[\]]{0,500})\]\([ \t]*<?(?P<url>[^\s()<>]{1,2000})>?(?:[ \t]+[\"'][^\"']{0,200}[\"'])?[ \t]*\)"
)
_MD_ADDRESS = re.compile(r"<(?P<url>https?://[^\s<>]{1,2000})>")
_MD_EMPHASIS = re.compile(
    r"(?<![\w*])(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<text>[^*_\n]{1,1000}?)(?<=\S)(?P=mark)(?![\w*])"
)
_MD_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")
_MD_RULE = re.compile(r"(?:[-*_=][ \t]*){3,}$")


def is_html(text: str, *, fragment: bool = False) -> bool:
    """Say whether a text begins as an HTML page does, or with ``fragment`` as a piece of one."""
    head = text[:4096].lstrip("\ufeff")
    return _PAGE.match(head) is not None or (fragment and _FRAGMENT.match(head) is not None)


def html_lines(page: str) -> Iterator[Line]:
    """Yield the lines of an HTML page as a browser shows them.

    A line is a block of text or what stands between two ``<br>``. Its number counts the lines shown, blank ones
    left out, for the source of a page may be one line.

    Parameters
    ----------
    page
        The page's source.
    """
    if _is_too_deep(page):
        yield from split_lines(_TAG.sub("\n", page))
        return
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(page).root
    number = 0
    for block in _blocks(root) if root is not None else ():
        text = clean(" ".join("".join(block.words).split()))
        if text:
            number += 1
            links = tuple(Link(clean(shown) or url, url) for shown, url in block.links)
            yield Line(number, text, True, block.role, links)


def markdown_lines(blocks: Iterable[str]) -> Iterator[Line]:
    """Yield the lines of a Markdown text in blocks of lines without its marks, numbered as in the file."""
    for line in split_blocks(blocks):
        words, role = line.text, line.role
        if _MD_RULE.match(words):
            yield line
            continue
        quoted = words.startswith(">")
        words = words.lstrip("> \t") if quoted else words
        heading = _MD_HEADING.match(words)
        if heading:
            words, role = heading["text"], "heading"
        elif item := _MD_ITEM.match(words):
            words, role = words[item.end() :], "item"
        links = tuple(Link(_plain(found["text"]) or found["url"], found["url"]) for found in _MD_LINK.finditer(words))
        words = _MD_LINK.sub(lambda found: found["text"] or found["url"], words)
        words = _plain(_MD_ADDRESS.sub(lambda found: found["url"], words))
        if words:
            yield line._replace(text=f"> {words}" if quoted else words, role=role, links=links)
        else:
            yield line


def looks_like_markdown(text: str) -> bool:
    """Say whether a text whose ending tells nothing is Markdown: it has headings or links in its notation."""
    head = text[:20000]
    return re.search(r"^#{1,6} \S", head, re.MULTILINE) is not None or "](http" in head


def _plain(words: str) -> str:
    for _ in range(2):
        words = _MD_EMPHASIS.sub(lambda found: found["text"], words)
    return clean(_MD_ESCAPE.sub(r"\1", words))


@dataclasses.dataclass(slots=True)
class _Block:
    role: str = ""
    words: list[str] = dataclasses.field(default_factory=list)
    links: list[tuple[str, str]] = dataclasses.field(default_factory=list)


def _blocks(root: LexborNode) -> Iterator[_Block]:
    """Walk the tree without recursion (a page may be nested deeply) and yield its blocks of text."""
    tags = word_list("html")
    block = _Block()
    roles: list[str] = [""]
    stack: list[tuple[LexborNode | None, str]] = [(root, "open")]
    while stack:
        node, event = stack.pop()
        if event == "close":
            yield block
            roles.pop()
            block = _Block(roles[-1])
            continue
        assert node is not None  # noqa: S101
        if node.next is not None and node is not root:
            stack.append((node.next, "open"))
        tag = node.tag or ""
        if tag == "-text":
            block.words.append(node.text_content or "")
        elif tag == "br":
            yield block
            block = _Block(roles[-1])
        elif tag in tags["ignored"] or _is_hidden(node):
            continue
        else:
            if (
                tag == "a"
                and (url := (node.attributes.get("href") or "").strip())
                and not url.startswith(("#", "javascript:"))
            ):
                block.links.append((" ".join(node.text(deep=True).split()), url))
            role = _role(tag, node, roles[-1])
            if tag in tags["blocks"] or role != roles[-1]:
                yield block
                roles.append(role)
                block = _Block(roles[-1])
                stack.append((None, "close"))
            if node.child is not None:
                stack.append((node.child, "open"))
    yield block


def _is_too_deep(page: str) -> bool:
    """Say whether elements are nested so deep that a parser's time grows with the square of the depth."""
    depth = 0
    for found in _TAG.finditer(page):
        if found["name"].lower() in word_list("html")["nesting"]:
            depth += -1 if found["close"] else 1
            if depth > _DEEPEST:
                return True
    return False


def _role(tag: str, node: LexborNode, outer: str) -> str:
    if (
        outer == "outside"
        or tag in word_list("html")["outside"]
        or node.attributes.get("role") in ("navigation", "contentinfo")
    ):
        return "outside"
    if tag in word_list("html")["headings"]:
        return "heading"
    return "item" if tag == "li" else outer if outer in ("heading", "item") else ""


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or attributes.get("aria-hidden") == "true"
