"""How long the full recipe takes for many weekly series, beside statsforecast on the same cores, in one run."""

import csv
import datetime
import json
import math
import multiprocessing
import os
import shlex
import time
import warnings

from common import execute, print_profile, recording_options

WEEKS = 260
HORIZON = 13
SEASON = 52
FIRST_DAY = datetime.date(2021, 1, 4)


def generate(count, seed):
    """Returns the weekly units of models at dealers: each an array that ends with what is to be forecast.

    Of 20 series 8 have a level and a season that they share in part, 4 two peaks a year, 2 a trend, 3 are sold now
    and then, 2 were launched in these years, and 1 changes its level.
    """
    import numpy
    draw = numpy.random.default_rng(seed)
    t = numpy.arange(WEEKS + HORIZON)
    angle = 2 * math.pi * (t % SEASON) / SEASON
    common = 0.25 * numpy.sin(angle) + 0.12 * numpy.cos(2 * angle + 1)
    week = t % SEASON
    peaks = numpy.where((week < 4) | ((week >= 26) & (week < 30)), 0.9, -0.15)
    made = []
    for i in range(count):
        kind = i % 20
        logs = math.log(5) + draw.random() * math.log(80) + numpy.cumsum(draw.normal(0, 0.004 + 0.016 * draw.random(), t.size))
        own = draw.normal(0, 0.1, SEASON)[week]
        if kind < 8:
            logs = logs + common * (0.6 + 0.8 * draw.random()) + own
        elif kind < 12:
            logs = logs + peaks * (0.6 + 0.6 * draw.random()) + own
        elif kind < 14:
            logs = logs + common + own + t * draw.normal(0, 0.004)
        elif kind < 17:
            logs = math.log(0.1) + draw.random() * math.log(8) + common
        elif kind < 19:
            first = WEEKS - int(draw.integers(30, 200))
            logs = logs + common - numpy.log1p(6 * numpy.exp(-(t - first) / 8.0))
        else:
            logs = logs + own + numpy.where(t < draw.integers(60, WEEKS - 20), 0, draw.normal(0, 0.6))
        units = draw.poisson(numpy.exp(logs) * draw.gamma(12, 1 / 12.0, t.size)).astype(float)
        made.append(units[first:] if 17 <= kind < 19 else units)
    return made


def write(file, series):
    """Writes all but the last weeks of each series."""
    days = [(FIRST_DAY + datetime.timedelta(weeks=t)).isoformat() for t in range(WEEKS)]
    with open(file, "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["series", "period", "value"])
        for i, units in enumerate(series):
            known = units[:-HORIZON]
            rows.writerows((f"s{i:06}", day, int(value)) for day, value in zip(days[WEEKS - len(known):], known))


def ours(a, file, folder):
    """Runs the whole command; returns its forecasts, wall and CPU seconds, and peak memory."""
    output = folder / f"speed-{os.getpid()}.csv"
    command = [*shlex.split(a.autopulse), "forecast", "--csv", file, "--period", "week", "--season", SEASON,
               "--horizon", HORIZON, "--windows", a.windows, "--output", output]
    recording = folder / "speed.jfr"
    if a.profile:
        os.environ["JDK_JAVA_OPTIONS"] = " ".join(recording_options(recording))
    seconds, cpu, peak, _ = execute(command, folder / "speed.log")
    os.environ.pop("JDK_JAVA_OPTIONS", None)
    forecasts = {"autopulse": {}, "seasonal naive": {}}
    with open(output, newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            forecasts["autopulse"].setdefault(row["series"], []).append(float(row["mean"]))
            forecasts["seasonal naive"].setdefault(row["series"], []).append(float(row["seasonal_naive"]))
    output.unlink()
    if a.profile:
        print_profile(recording)
    return {name: [made[key] for key in sorted(made)] for name, made in forecasts.items()}, seconds, cpu, peak


def models():
    from statsforecast.models import MSTL, AutoETS, AutoTheta, DynamicOptimizedTheta, SeasonalNaive
    # statsforecast's ETS has no season of more than 24 periods.
    return {"AutoETS": AutoETS(season_length=1), "DOT": DynamicOptimizedTheta(season_length=SEASON),
            "AutoTheta": AutoTheta(season_length=SEASON), "MSTL": MSTL(season_length=SEASON),
            "SeasonalNaive": SeasonalNaive(season_length=SEASON)}


def fit(task):
    """Forecasts some series by one model; returns the forecasts and CPU seconds."""
    import numpy
    warnings.simplefilter("ignore")
    name, histories = task
    model = models()[name]
    started = time.process_time()
    means = []
    for history in histories:
        try:
            mean = model.forecast(y=history, h=HORIZON)["mean"]
        except Exception:  # too short or constant for the model
            mean = numpy.full(HORIZON, history[-1])
        means.append(numpy.maximum(0, numpy.where(numpy.isfinite(mean), mean, history[-1])).tolist())
    return means, time.process_time() - started


def rmsse(series, means):
    import numpy
    errors = []
    for units, mean in zip(series, means):
        scale = numpy.mean(numpy.diff(units[:-HORIZON]) ** 2)
        if scale > 0:
            errors.append(math.sqrt(numpy.mean((units[-HORIZON:] - numpy.array(mean)) ** 2) / scale))
    return sum(errors) / len(errors)


def measure(a, folder):
    cores = sorted(os.sched_getaffinity(0))[:a.cores]
    os.sched_setaffinity(0, cores)
    series = generate(a.series, a.seed)
    file = folder / "speed.csv"
    write(file, series)
    made, seconds, cpu, peak = ours(a, file, folder)
    lines = [("autopulse", seconds, cpu, rmsse(series, made["autopulse"])),
             ("seasonal naive", None, None, rmsse(series, made["seasonal naive"]))]
    print_lines(a, lines)
    print(f"{'':20} {peak:,.0f} MB", flush=True)
    histories = [units[:-HORIZON] for units in series]
    parts = [histories[i:i + 50] for i in range(0, len(histories), 50)]
    with multiprocessing.Pool(len(cores)) as pool:
        for name in [] if a.alone else models():
            pool.map(fit, [(name, histories[:3])] * len(cores), chunksize=1)  # compiles
            started = time.perf_counter()
            answers = pool.map(fit, [(name, part) for part in parts], chunksize=1)
            wall = time.perf_counter() - started
            means = [mean for part, _ in answers for mean in part]
            line = (name, wall, sum(used for _, used in answers), rmsse(series, means))
            print_lines(a, [line])
            lines.append(line)
    with open(folder / "speed.jsonl", "a", encoding="utf-8") as results:
        for name, wall, used, error in lines:
            results.write(json.dumps({"method": name, "series": a.series, "seed": a.seed, "windows": a.windows,
                                      "seconds": wall, "cpu": used, "rmsse": error}) + "\n")


def print_lines(a, lines):
    if lines[0][0] == "autopulse":
        print(f"{'':20} {'s / 1,000':>10} {'CPU s':>8} {'RMSSE':>7}   {a.series:,} series, {a.windows} windows")
    for name, wall, used, error in lines:
        per = 1000 / a.series
        times = f"{wall * per:10.1f} {used * per:8.1f}" if wall is not None else f"{'-':>10} {'-':>8}"
        print(f"{name:20} {times} {error:7.3f}", flush=True)
