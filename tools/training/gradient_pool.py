"""Averages gradients over processes: one thread each wastes nothing on a machine whose cores others use too."""
import torch
from torch import multiprocessing, nn

WAIT_SECONDS_MAX = 900


class GradientPool:
    """Shared memory in which every process lays its gradients, step by step; made before the processes are."""

    def __init__(self, workers: int, numbers: int):
        self.workers = workers
        self.barrier = multiprocessing.get_context("fork").Barrier(workers)
        # Two, used by turns: one process may begin the next step while another still reads this one.
        self.pools = torch.zeros(2, workers, numbers).share_memory_()
        self.turn = 0

    def average(self, worker: int, net: nn.Module) -> None:
        """Puts the mean over all processes in the place of this one's gradients."""
        if self.workers == 1:
            return
        pool = self.pools[self.turn]
        self.turn = 1 - self.turn
        gradients = [weight.grad for weight in net.parameters()]
        pool[worker] = torch.cat([gradient.flatten() for gradient in gradients])
        self.wait()
        for gradient, mean in zip(gradients, pool.mean(0).split([g.numel() for g in gradients])):
            gradient.copy_(mean.view_as(gradient))

    def wait(self) -> None:
        """Until all are here; a process that died ends the others."""
        self.barrier.wait(WAIT_SECONDS_MAX)
