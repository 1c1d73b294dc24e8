"""Writes the reference forecasts that the tests of the forecasting methods read.

Run it in an environment made from requirements.txt, in any folder; it writes beside itself:

    series.csv     key,season,horizon,values: the series, generated from a fixed seed; values are
                   joined by a blank
    <method>.csv   key,forecast: what the reference forecasts for each series; empty where the
                   reference refuses the series

With names of methods as arguments it writes only their files. A method is one entry of METHODS.
"""

import os

os.environ.setdefault("NUMBA_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
import warnings
from pathlib import Path

import numpy as np
from statsforecast import models
from statsforecast.mstl import mstl

HERE = Path(__file__).parent


def series():
    """Yields (key, season, values): what sales look like, and what breaks forecasts."""
    rng = np.random.default_rng(20261128)

    def noise(n, sd):
        return rng.normal(0, sd, n)

    def season(n, m, size):
        pattern = rng.normal(0, size, m)
        pattern -= pattern.mean()
        return np.resize(pattern, n)

    def year(n, size, shift):
        t = np.arange(n) + shift
        return size * (np.sin(2 * np.pi * t / 52.1775) + 0.4 * np.cos(4 * np.pi * t / 52.1775))

    def walk(n, sd):
        return np.cumsum(noise(n, sd))

    def time(n):
        return np.arange(n, dtype=float)

    # without a season
    yield "noise", 1, 200 + noise(80, 20)
    yield "noise_long", 1, 1000 + noise(260, 120)
    yield "noise_around_zero", 1, noise(60, 5)
    yield "negative", 1, -300 + noise(50, 15)
    yield "trend_up", 1, 100 + 2.5 * time(90) + noise(90, 12)
    yield "trend_down", 1, 900 - 3.0 * time(120) + noise(120, 25)
    yield "trend_damped", 1, 500 - 300 * 0.95 ** time(100) + noise(100, 6)
    yield "trend_exponential", 1, 50 * 1.012 ** time(150) * np.exp(noise(150, 0.06))
    yield "walk", 1, 500 + walk(130, 8)
    yield "walk_260", 1, 2000 + walk(260, 30)
    yield "walk_drift", 1, 300 + 1.5 * time(110) + walk(110, 5)
    yield "level_shift", 1, np.where(time(100) < 60, 120.0, 260.0) + noise(100, 10)
    yield "level_shifts", 1, 80 + 90 * (time(140) // 35) + noise(140, 14)
    yield "outlier", 1, 150 + noise(70, 8) + 400 * (time(70) == 40)
    yield "stepwise_counts", 1, rng.poisson(6.0, 120).astype(float)
    yield "small_counts", 1, rng.poisson(1.2, 100).astype(float)
    yield "intermittent", 1, rng.poisson(4.0, 130) * (rng.random(130) < 0.25) * 1.0
    yield "intermittent_rare", 1, rng.poisson(9.0, 104) * (rng.random(104) < 0.08) * 1.0
    yield "intermittent_fading", 1, rng.poisson(5.0, 104) * (rng.random(104) < np.linspace(0.7, 0.05, 104)) * 1.0
    yield "huge", 1, 4e8 + 1e6 * time(60) + noise(60, 2e7)
    yield "tiny_numbers", 1, 0.004 + noise(60, 0.0006)

    # seasons of 4 and 12
    yield "quarter_additive", 4, 300 + season(60, 4, 40) + noise(60, 8)
    yield "quarter_trend", 4, 200 + 4 * time(48) + season(48, 4, 35) + noise(48, 9)
    yield "quarter_multiplicative", 4, (100 + 3 * time(64)) * (1 + season(64, 4, 0.2)) * np.exp(noise(64, 0.04))
    yield "quarter_short", 4, 100 + season(14, 4, 20) + noise(14, 3)
    yield "quarter_zeros", 4, np.maximum(0, np.round(3 + season(56, 4, 4) + noise(56, 1.5)))
    yield "quarter_walk", 4, 400 + walk(72, 6) + season(72, 4, 25)
    yield "month_additive", 12, 800 + season(120, 12, 90) + noise(120, 25)
    yield "month_trend", 12, 500 + 3 * time(96) + season(96, 12, 80) + noise(96, 20)
    yield "month_multiplicative", 12, (200 + 2 * time(108)) * (1 + season(108, 12, 0.18)) * np.exp(noise(108, 0.05))
    yield "month_damped", 12, 700 - 400 * 0.97 ** time(84) + season(84, 12, 45) + noise(84, 12)
    yield "month_two_years", 12, 300 + season(26, 12, 50) + noise(26, 8)
    yield "month_short", 12, 300 + 4 * time(20) + noise(20, 9)
    yield "month_noise", 12, 500 + noise(84, 60)
    yield "month_shift", 12, np.where(time(96) < 50, 300.0, 520.0) + season(96, 12, 40) + noise(96, 15)
    yield "month_counts", 12, rng.poisson(np.exp(1.6 + season(96, 12, 0.5))).astype(float)
    yield "month_negative", 12, season(72, 12, 70) + noise(72, 15)
    yield "month_walk", 12, 900 + walk(132, 15) + season(132, 12, 60)

    # weeks
    yield "week_year", 52, 1000 + year(260, 150, 3) + noise(260, 40)
    yield "week_trend", 52, 600 + 1.2 * time(208) + year(208, 90, 17) + noise(208, 30)
    yield "week_multiplicative", 52, (400 + time(260)) * (1 + year(260, 0.2, 30)) * np.exp(noise(260, 0.06))
    yield "week_noise", 52, 300 + noise(180, 45)
    yield "week_walk", 52, 1500 + walk(240, 18) + year(240, 60, 0)
    yield "week_shift", 52, np.where(time(220) < 130, 200.0, 380.0) + year(220, 35, 9) + noise(220, 22)
    yield "week_counts", 52, rng.poisson(np.exp(1.5 + year(208, 0.4, 5))).astype(float)
    yield "week_intermittent", 52, rng.poisson(3.0, 156) * (rng.random(156) < 0.3) * 1.0
    yield "week_year_and_a_half", 52, 500 + year(80, 70, 25) + noise(80, 20)
    yield "week_two_years", 52, 700 + year(110, 110, 40) + noise(110, 25)
    yield "week_december", 52, 250 + 120 * (np.arange(260) % 52 >= 48) + noise(260, 18)

    # short ones
    yield "three", 1, np.array([12.0, 15.0, 11.0])
    yield "four", 1, np.array([20.0, 26.0, 23.0, 31.0])
    yield "six", 1, np.array([5.0, 7.0, 6.0, 9.0, 8.0, 11.0])
    yield "seven", 1, np.array([105.0, 97.0, 111.0, 120.0, 116.0, 131.0, 128.0])
    yield "nine", 1, 60 + 3 * time(9) + noise(9, 4)
    yield "twelve", 4, 80 + season(12, 4, 15) + noise(12, 3)
    yield "fifteen", 1, 400 + noise(15, 30)
    yield "constant", 4, np.full(24, 17.0)
    yield "zeros", 1, np.zeros(30)


def short_season(season):
    """ETS and CES know no season of more than 24 periods here."""
    return season if season <= 24 else 1


def seasonal(season):
    """Series without a season are decomposed as if five periods made one."""
    return season if season > 1 else 5


def two_seasons(season):
    """The season and a shorter or longer one."""
    return [4, seasonal(season)] if seasonal(season) > 4 else [4, 12]


def with_drift(seasons, **stl):
    return models.MSTL(seasons, trend_forecaster=models.RandomWalkWithDrift(), stl_kwargs=stl)


class Decomposed:
    """Gives a part of the decomposition in place of a forecast, of series of two seasons or more."""

    def __init__(self, season, part, **stl):
        self.season, self.part, self.stl = season, part, stl

    def forecast(self, y, h):
        if len(y) < 2 * self.season:
            raise ValueError("less than two seasons")
        parts = mstl(y, self.season, stl_kwargs=self.stl)
        return {"mean": self.part(parts, h)}


def ends_of_trend(parts, h):
    return np.concatenate([parts.trend.values[:3], parts.trend.values[-3:]])


def strengths(parts, h):
    def strength(name):
        return max(0, 1 - np.var(parts.remainder) / np.var(parts[name] + parts.remainder))

    return np.array([strength("seasonal"), strength("trend")])


METHODS = {
    "ets": lambda season: models.AutoETS(season_length=short_season(season)),
    "holt": lambda season: models.AutoETS(season_length=1, model="AAN", damped=False),
    "holt_damped": lambda season: models.AutoETS(season_length=1, model="AAN", damped=True),
    "theta": lambda season: models.AutoTheta(season_length=season),
    "theta_stm": lambda season: models.AutoTheta(season_length=season, model="STM"),
    "theta_otm": lambda season: models.AutoTheta(season_length=season, model="OTM"),
    "theta_dstm": lambda season: models.AutoTheta(season_length=season, model="DSTM"),
    "theta_dotm": lambda season: models.AutoTheta(season_length=season, model="DOTM"),
    "ces": lambda season: models.AutoCES(season_length=short_season(season)),
    "ses": lambda season: models.SimpleExponentialSmoothingOptimized(),
    "naive": lambda season: models.Naive(),
    "seasonal_naive": lambda season: models.SeasonalNaive(season_length=season),
    "drift": lambda season: models.RandomWalkWithDrift(),
    "historic_mean": lambda season: models.HistoricAverage(),
    "stl_drift": lambda season: with_drift(seasonal(season)),
    "stl_robust_drift": lambda season: with_drift(seasonal(season), robust=True),
    "mstl_drift": lambda season: with_drift(two_seasons(season)),
    "stl_trend": lambda season: Decomposed(seasonal(season), ends_of_trend),
    "stl_lines_trend": lambda season: Decomposed(seasonal(season), ends_of_trend, seasonal_deg=1),
    "stl_robust_trend": lambda season: Decomposed(seasonal(season), ends_of_trend, robust=True),
    "season_strength": lambda season: Decomposed(seasonal(season), strengths),
    "croston_sba": lambda season: models.CrostonSBA(),
    "tsb": lambda season: models.TSB(alpha_d=0.2, alpha_p=0.2),
}


def number(value):
    """Prints a value so that it reads back the same, short where it can be."""
    text = repr(float(value))
    return text[:-2] if text.endswith(".0") else text


def forecast(method, season, values, horizon):
    """Returns the reference's forecast, None where it refuses the series or finds no number."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mean = METHODS[method](season).forecast(y=values, h=horizon)["mean"]
    except Exception as refusal:  # the reference raises whatever comes up
        print(f"{method} refuses {len(values)} values: {refusal!r}")
        return None
    return mean if np.all(np.isfinite(mean)) else None


def main(wanted):
    panel = []
    for key, season, values in series():
        # four digits after the point, or seven significant ones, keep the file small
        rounded = np.array([float(f"{value:.7g}") for value in np.round(values, 4)])
        panel.append((key, season, max(13, season + 4), rounded))
    with open(HERE / "series.csv", "w", newline="\n") as out:
        out.write("key,season,horizon,values\n")
        for key, season, horizon, values in panel:
            out.write(f"{key},{season},{horizon},{' '.join(map(number, values))}\n")
    for method in wanted or METHODS:
        with open(HERE / f"{method}.csv", "w", newline="\n") as out:
            out.write("key,forecast\n")
            for key, season, horizon, values in panel:
                mean = forecast(method, season, values, horizon)
                cells = "" if mean is None else " ".join(f"{value:.9g}" for value in mean)
                out.write(f"{key},{cells}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
