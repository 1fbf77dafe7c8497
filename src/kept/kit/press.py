"""The press: one paper set by typst, run as a program of its own, which ends and gives its hundred megabytes back.

Reads a job as JSON, writes the pages as JSON (base64), or says in its errors what was wrong and ends with 3.
"""

import base64
import json
import sys

import typst

WRONG = 3


def main() -> int:
    """Set the paper that stdin asks for."""
    job = json.load(sys.stdin)
    try:
        fonts = typst.Fonts(include_system_fonts=job["system"], include_embedded_fonts=False, font_paths=[job["fonts"]])
        made = typst.compile(
            job["template"],
            root=job["root"],
            font_paths=fonts,
            ignore_system_fonts=True,
            format=job["form"],
            ppi=job["dots"] if job["form"] == "png" else None,
            sys_inputs={"data": job["data"]},
            pdf_standards=["ua-1"] if job["form"] == "pdf" else [],
            timestamp=job["at"],
        )
    except typst.TypstError as fault:
        sys.stderr.write(str(fault))
        return WRONG
    pages = made if isinstance(made, list) else [made]
    json.dump([base64.b64encode(page).decode() for page in pages], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
