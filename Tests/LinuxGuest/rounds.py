"""Drivers that come and go: unbind and bind, removal and insertion, function level reset.

Two guests at a time, each with a function of its own: what one does must not disturb the other.
"""

from bench import Device, Guest, check_log, guest_script, start_together

ROUNDS, LIMIT = 20, 400


def run(report, martlet, kernel):
    def judge(what, status, text):
        report.check(f"{ROUNDS} rounds of {what}, with traffic before and after", status == 0,
                     text.strip().splitlines()[-1] if status == 0 else text[-800:])

    with Device(martlet, ["reflector", "reflector"]) as device:
        guests = [Guest([path], kernel=kernel, processors=1, memory=448) for path in device.sockets]
        try:
            start_together(guests)
            resident = device.resident()
            guests[0].send(guest_script("rounds", what="module", rounds=ROUNDS))
            for what in ("bind", "reset"):
                judge(what, *guests[1].run(guest_script("rounds", what=what, rounds=ROUNDS), LIMIT))
            judge("module", *guests[0].answer(LIMIT))
            growth = (device.resident() - resident) >> 20
            report.check("the server's memory does not grow", growth < 64, f"by {growth} MiB")
            for index, guest in enumerate(guests):
                check_log(report, guest, f"rounds, function {index}")
        finally:
            for guest in guests:
                guest.stop()
        server = device.stop()
        report.check("the server's books balance", server == 0, "" if server == 0 else device.log.read_text()[-1500:])
