"""Logits of a net over faces, the temperature that calibrates them, and the figures of the model card."""
import numpy as np
import torch

from network import EmotionNet

BATCH = 256
CALIBRATION_BINS = 15


@torch.no_grad()
def logits_of(net: EmotionNet, pixels: np.ndarray) -> np.ndarray:
    """float32 [n, classes] of uint8 [n, side, side]."""
    net.eval()
    x = torch.from_numpy(pixels.copy()).unsqueeze(1)
    parts = (part.float().contiguous(memory_format=torch.channels_last) / 255 for part in x.split(BATCH))
    return torch.cat([net(part) for part in parts]).numpy()


def views_of(net: EmotionNet, pixels: np.ndarray, is_mirrored: bool) -> np.ndarray:
    """Logits [views, n, classes]: of the faces as they are, and of their mirror images if asked."""
    views = [logits_of(net, pixels)]
    if is_mirrored:
        views.append(logits_of(net, pixels[:, :, ::-1]))
    return np.stack(views)


def probabilities(views: np.ndarray, temperature: float) -> np.ndarray:
    """Softmax of each view's logits over `temperature`, averaged over the views; [n, classes]."""
    raised = np.exp((views - views.max(-1, keepdims=True)) / temperature)
    return (raised / raised.sum(-1, keepdims=True)).mean(0)


def log_loss(shares: np.ndarray, labels: np.ndarray) -> float:
    return float(-np.log(shares[np.arange(len(labels)), labels]).mean())


def fitted_temperature(views: np.ndarray, labels: np.ndarray) -> float:
    """The temperature of least calibration error, to two decimals: smoothed labels leave log loss a poor judge of it."""
    tried = np.arange(30, 300) / 100
    return float(min(tried, key=lambda t: calibration_error(probabilities(views, t), labels)))


def fitted_confidence(shares: np.ndarray, labels: np.ndarray, accuracy_min: float) -> float:
    """
    The least confidence, to two decimals, from which on `accuracy_min` of the answers are right; 1, which none reaches,
    for a network that is never that good.
    """
    confidence, is_right = shares.max(1), shares.argmax(1) == labels
    for limit in np.arange(100) / 100:
        is_kept = confidence >= limit
        if is_kept.any() and is_right[is_kept].mean() >= accuracy_min:
            return float(limit)
    return 1.0


def calibration_error(shares: np.ndarray, labels: np.ndarray) -> float:
    """Expected gap between confidence and accuracy over equal bins of confidence (Guo et al. 2017)."""
    confidence, is_right = shares.max(1), shares.argmax(1) == labels
    bins = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    gaps = [abs((is_right - confidence)[bins == b].sum()) for b in range(CALIBRATION_BINS)]
    return float(sum(gaps) / len(labels))


def macro_f1(chosen: np.ndarray, labels: np.ndarray, classes: int) -> float:
    scores = []
    for c in range(classes):
        hits = ((chosen == c) & (labels == c)).sum()
        scores.append(2 * hits / max(1, (chosen == c).sum() + (labels == c).sum()))
    return float(np.mean(scores))


def figures(shares: np.ndarray, labels: np.ndarray, confidence_min: float) -> dict:
    """What the card says of a net: `coverage` is the share of faces whose confidence reaches `confidence_min`."""
    chosen, is_kept = shares.argmax(1), shares.max(1) >= confidence_min
    kept_accuracy = float((chosen == labels)[is_kept].mean()) if is_kept.any() else 0.0
    return {
        "accuracy": float((chosen == labels).mean()),
        "macro_f1": macro_f1(chosen, labels, shares.shape[1]),
        "ece": calibration_error(shares, labels),
        "log_loss": log_loss(shares, labels),
        "coverage": float(is_kept.mean()),
        "accuracy_at_coverage": kept_accuracy,
    }
