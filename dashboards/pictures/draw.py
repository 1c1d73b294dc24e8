"""Draws every page of Power BI and every dashboard of Metabase into docs/images, with the figures of generated sales.

    dashboards/pictures/draw                       makes a warehouse below target/pictures first, once: needs target/autopulse.jar
    dashboards/pictures/draw --warehouse FILE      with the figures of a DuckDB file that has the marts

Needs Chromium, which turns each page into a picture.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import drawing
import duckdb
import measures
import metabase_pages
import powerbi_pages
from PIL import Image

IMAGES = measures.ROOT / "docs/images"
MADE = measures.ROOT / "target/pictures"
MARTS = "AUTOPULSE_MARTS"
SALES = 20_000


def warehouse():
    """Makes three years of whole weeks of sales, a market, targets, trends, a forecast and the marts, unless they are there; returns their file."""
    file = MADE / "autopulse.duckdb"
    if file.exists():
        return file
    shutil.rmtree(MADE, ignore_errors=True)
    landing, made = MADE / "landing", MADE / "made.duckdb"
    MADE.mkdir(parents=True)
    pipelines = measures.ROOT / "pipelines"
    # As of six Sundays: five of the forecasts have a week that has passed.
    sundays = [f"2024-{day}" for day in ("11-24", "12-01", "12-08", "12-15", "12-22", "12-29")]
    steps = [
        ["generate", "--to", landing, "--versions", SALES, "--from", "2022-01-03", "--until", "2024-12-30", "--dealers", 24, "--models", 48,
         "--defects", 0.0005, "--no-truth"],
        ["run", landing / "manifest.yaml", "--runner-config", "direct"],
        ["run", pipelines / "market-data.yaml", "--runner-config", "direct"],
        ["run", pipelines / "trend-features.yaml", "--runner-config", "direct"],
        *(["forecast", pipelines / "weekly-forecast.yaml", "--as-of", day, "--set", "forecast.dimensions=[total, region]"] for day in sundays),
        ["marts"],
    ]
    variables = {**os.environ, "AUTOPULSE_LANDING": str(landing), "AUTOPULSE_WAREHOUSE": f"duckdb:{made}"}
    for step in steps:
        print("autopulse", *step, flush=True)
        command = [measures.ROOT / "bin/autopulse", *step]
        command += ["--warehouse", f"duckdb:{made}"] if step[0] != "generate" else []
        with open(MADE / "log", "a", encoding="utf-8") as log:
            if subprocess.run([str(each) for each in command], env=variables, stdout=log, stderr=log, check=False).returncode:
                sys.exit(f"it failed: see {MADE / 'log'}")
    made.rename(file)
    return file


def opened(file):
    """Returns a connection that sees a warehouse's marts and, if it has none, an empty table of who sees what."""
    connection = duckdb.connect()
    connection.execute(f"attach '{file}' as warehouse (read_only)")
    connection.execute(f"create schema {MARTS}")
    names = connection.execute(
        "select table_name from duckdb_columns() where database_name = 'warehouse' and schema_name = ? group by 1", [MARTS]
    ).fetchall()
    for (name,) in names:
        connection.execute(f'create view {MARTS}."{name}" as select * from warehouse.{MARTS}."{name}"')
    if ("bi_access",) not in [(name.lower(),) for (name,) in names]:
        connection.execute(f"create table {MARTS}.bi_access (user_name varchar, region varchar, dealer_id varchar)")
    return connection


def pages(connection):
    """Yields each page with the name of its picture."""
    for one in powerbi_pages.pages(connection):
        yield f"powerbi-{one.name}", one
    for one in metabase_pages.pages(connection):
        yield f"metabase-{one.name}", one


def photograph(page, file, folder):
    """Writes the picture of a page."""
    source = Path(folder) / "page.html"
    source.write_text(drawing.html(page), encoding="utf-8")
    width, height = page.size
    shot = Path(folder) / "page.png"
    subprocess.run(
        [chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}/profile",
         f"--window-size={width},{height}", f"--screenshot={shot}", source.as_uri()],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # With its 256 most frequent colours, as they are, it has a third of the bytes; the rest are edges of letters.
    with Image.open(shot) as taken:
        full = taken.convert("RGB")
    colours = [colour for _, colour in sorted(full.getcolors(width * height), reverse=True)]
    kept = colours[:256]
    places = {colour: min(range(len(kept)), key=lambda at: sum((a - b) ** 2 for a, b in zip(kept[at], colour, strict=True))) for colour in colours}
    pixels = iter(full.tobytes())
    small = Image.frombytes("P", full.size, bytes(places[pixel] for pixel in zip(pixels, pixels, pixels, strict=True)))
    small.putpalette([part for colour in kept for part in colour])
    small.save(file, optimize=True)


def chromium():
    found = shutil.which("chromium")
    return found or sys.exit("chromium is not there. On Debian: apt-get install chromium")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--warehouse", type=Path, help="a DuckDB file with the marts")
    parser.add_argument("--to", type=Path, default=IMAGES, help="the folder of the pictures")
    asked = parser.parse_args()
    connection = opened(asked.warehouse or warehouse())
    asked.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, page in pages(connection):
            file = asked.to.resolve() / f"{name}.png"
            photograph(page, file, folder)
            print(f"{file.name} {file.stat().st_size // 1024} KB", flush=True)


if __name__ == "__main__":
    main()
