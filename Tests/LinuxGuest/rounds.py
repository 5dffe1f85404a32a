"""One guest whose driver comes and goes: unbind and bind, removal and insertion, function level reset."""

from bench import Device, Guest, check_log, guest_script

ROUNDS = 20


def run(report, martlet, kernel):
    with Device(martlet, ["reflector"]) as device:
        with Guest(device.sockets, kernel=kernel, processors=1, memory=512) as guest:
            resident = []
            for what in ("bind", "module", "reset"):
                status, text = guest.run(guest_script("rounds", what=what, rounds=ROUNDS), 300)
                report.check(f"{ROUNDS} rounds of {what}, with traffic before and after", status == 0,
                             text.strip().splitlines()[-1] if status == 0 else text[-800:])
                resident.append(device.resident() >> 20)
            report.check("the server's memory does not grow", resident[2] - resident[0] < 32, f"{resident} MiB")
            check_log(report, guest, "rounds")
        server = device.stop()
        report.check("the server's books balance", server == 0, "" if server == 0 else device.log.read_text()[-1500:])
