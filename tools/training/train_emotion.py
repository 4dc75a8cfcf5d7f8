"""One command from FER2013 to models/emotion: the stages of recipe.py, then calibrate, measure, export, check."""
import argparse
import json
import subprocess
from pathlib import Path

import numpy as np
import torch

from faces import CLASSES, Faces, read_faces, set_aside, without_copies
from fit import begun, fit, lesson_of
from fold import folded
from measure import figures, fitted_confidence, fitted_temperature, probabilities, views_of
from model_folder import write_model_folder
from network import EmotionNet
from recipe import LARGE, LARGE_VOICE, LONGER, MIXED, MIXED_SHARE, PLAIN, TEACHER, Stage, mean_net, seen_at
from start_weights import read_graph_weights

ROOT = Path(__file__).resolve().parents[2]
ASIDE_SHARE = 0.07
# Aimed at on the faces set aside, a little above the .90 that other faces are to meet.
RIGHT_MIN = 0.91
DENO = ["deno", "run", "--allow-read", "--allow-write", "--allow-env", "--allow-sys"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of fer2013_{train,dev}.{u8.gz,json}")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "emotion", help="where the network goes")
    work = ROOT / "data" / "emotion_training"
    parser.add_argument("--work", type=Path, default=work, help="holds checkpoints, which a second run goes on from")
    parser.add_argument("--epochs-max", type=int, default=100, help="of each stage: a few, for a try")
    packaged = [ROOT / "models" / "fer2013_xception"]
    parser.add_argument("--teachers", type=Path, nargs="*", default=packaged, help="model folders that teach as well")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--version", default="3", help="stored with every observation: raise it with each new network")
    options = parser.parse_args()

    options.work.mkdir(parents=True, exist_ok=True)
    # One thread: the others of a shared machine are rarely free at the same moment.
    torch.set_num_threads(1)
    dev = read_faces(options.data / "fer2013_dev")
    seen, aside = set_aside(without_copies(read_faces(options.data / "fer2013_train"), dev), ASIDE_SHARE, options.seed)
    print(f"{len(seen.labels)} faces to learn from, {len(aside.labels)} set aside", flush=True)
    topology = subprocess.run([*DENO, ROOT / "tools/training/start_topology.ts"], check=True, capture_output=True)
    start = read_graph_weights(Path(topology.stdout.decode().strip()))
    said = [packaged_opinions(folder, options.data, options.work)[seen.places] for folder in options.teachers]

    def taught(stage: Stage, start: EmotionNet) -> EmotionNet:
        shorter = stage._replace(epochs=min(stage.epochs, options.epochs_max))
        opinions = np.mean(said, 0) if stage.teachers_share > 0 else None
        lesson = lesson_of(seen, opinions, shorter)
        return fit(lesson, aside, start, shorter, options.seed + stage.seed, options.work / f"{stage.name}.pt")

    said.append(opinions_of(taught(TEACHER, begun(seen, start, TEACHER)), seen, aside))
    large = taught(LARGE, begun(seen, start, LARGE))
    said.extend([opinions_of(large, seen, aside)] * LARGE_VOICE)
    longer = taught(LONGER, large)
    said.extend([opinions_of(longer, seen, aside)] * LARGE_VOICE)
    middle = seen_at(mean_net(large, longer, 0.5), MIXED.side)
    net = folded(mean_net(taught(MIXED, middle), taught(PLAIN, middle), MIXED_SHARE))
    output, metrics = calibrated(net, aside, dev, is_mirrored=False)
    calibrated(net, aside, dev, is_mirrored=True)
    write_model_folder(net, options.out, options.version, output, metrics)
    subprocess.run([*DENO, ROOT / "tools/training/check_export.ts", options.data, options.out], check=True)


def opinions_of(teacher: EmotionNet, seen: Faces, aside: Faces) -> np.ndarray:
    """Probabilities [n, classes] of the faces to learn from, calibrated, mirrored too."""
    temperature = fitted_temperature(views_of(teacher, aside.pixels, True), aside.labels)
    return probabilities(views_of(teacher, seen.pixels, True), temperature)


def packaged_opinions(folder: Path, data: Path, work: Path) -> np.ndarray:
    """The same of all training faces, by a model that TensorFlow.js runs."""
    file = work / f"{folder.name}.f32"
    if not file.exists():
        subprocess.run([*DENO, ROOT / "tools/training/opinions.ts", data, folder, file], check=True)
    return np.fromfile(file, np.float32).reshape(-1, len(CLASSES))


def calibrated(net: EmotionNet, aside: Faces, dev: Faces, is_mirrored: bool) -> tuple[dict, list]:
    """Fits what the manifest's `output` states on the faces set aside; the figures on the dev split are printed."""
    aside_views = views_of(net, aside.pixels, is_mirrored)
    temperature = fitted_temperature(aside_views, aside.labels)
    aside_shares = probabilities(aside_views, temperature)
    confidence = fitted_confidence(aside_shares, aside.labels, RIGHT_MIN)
    dev_shares = probabilities(views_of(net, dev.pixels, is_mirrored), temperature)
    on_dev = figures(dev_shares, dev.labels, confidence)
    measured = {"set_aside": figures(aside_shares, aside.labels, confidence), "dev": on_dev}
    fitted = {"mirrored": is_mirrored, "temperature": temperature, "confidence": confidence}
    print(json.dumps({**fitted, **measured}, indent=2))
    split = f"FER2013 development split, {len(dev.labels)} faces"
    metrics = [{"name": name, "value": round(value, 4), "on": split} for name, value in on_dev.items()]
    return {"temperature": temperature, "confidenceMin": confidence}, metrics


if __name__ == "__main__":
    main()
