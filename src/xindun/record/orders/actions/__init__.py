"""Verbs of the orders context; callers hold the buyers' locks and write the evidence."""

from xindun.record.orders.actions.arrivals import invoices_arrived
from xindun.record.orders.actions.deciding import described, hold, let_through, move, refuse
from xindun.record.orders.actions.parts import tell_part
from xindun.record.orders.actions.store import NumberTaken, PrepaymentUsed, designate
from xindun.record.orders.rules import BadOrder, OrderPartDiffers, WrongOrderStep

__all__ = [
    "BadOrder",
    "NumberTaken",
    "OrderPartDiffers",
    "PrepaymentUsed",
    "WrongOrderStep",
    "described",
    "designate",
    "hold",
    "invoices_arrived",
    "let_through",
    "move",
    "refuse",
    "tell_part",
]
