"""Guests that are killed at any moment: the server lives, and the next guest works."""

import random
import threading
import time

from bench import Device, Guest, GuestError, check_log

TIMES, SEED = 10, 2026
TRAFFIC = """
ip link set eth0 up; ip addr add 10.0.0.1/24 dev eth0
ping -q -f -s 3000 10.0.0.2 > /dev/null 2>&1 &
socat -u OPEN:/dev/zero UDP4-SENDTO:10.0.0.2:9 > /dev/null 2>&1 &
sleep 0.1"""


def one_life(path, kernel, moment):
    """A guest that is killed some seconds after its start, or after its traffic began; what it was doing then."""
    phase, seconds = moment
    guest = Guest([path], kernel=kernel, processors=1, memory=384)
    timer, doing = threading.Timer(seconds, guest.kill), "booting"
    try:
        guest.launch()
        if phase == "start":
            timer.start()
        guest.wait_ready()
        doing = "after the driver had loaded"
        guest.run(TRAFFIC)
        doing = "with traffic"
        if phase == "traffic":
            timer.start()
        guest.process.wait()
    except (GuestError, OSError):
        pass
    finally:
        timer.cancel()
        guest.stop()
    return doing


def run(report, martlet, kernel):
    chances = random.Random(SEED)
    moments = [("start", round(chances.uniform(3, 14), 1)) for _ in range(TIMES // 2)]
    moments += [("traffic", round(chances.uniform(0.1, 3), 1)) for _ in range(TIMES // 2)]
    moments = [moments[0::2], moments[1::2]]
    with Device(martlet, ["reflector", "reflector"]) as device:
        ends = []

        def lives(path, list_of_moments):
            for moment in list_of_moments:
                ends.append(f"{moment[1]} s after its {moment[0]}: {one_life(path, kernel, moment)}")

        # Two at a time, each on a function of its own.
        threads = [threading.Thread(target=lives, args=pair) for pair in zip(device.sockets, moments)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for end in ends:
            report.note(f"killed {end}")
        report.check(f"QEMU killed {len(ends)} times and the server lives", device.is_alive() and len(ends) == TIMES)
        for index, path in enumerate(device.sockets):
            began = time.monotonic()
            with Guest([path], kernel=kernel, processors=1, memory=384) as guest:
                status, text = guest.run("""
                    set -e; ip link set eth0 up; ip addr add 10.0.0.1/24 dev eth0; sleep 0.5
                    ping -q -c 5 -i 0.05 -W 2 -s 20000 10.0.0.2""")
                report.check(f"the next guest of function {index} works", status == 0,
                             f"{time.monotonic() - began:.1f} s" if status == 0 else text[-500:])
                check_log(report, guest, f"kill, function {index}")
        server = device.stop()
        report.check("the server's books balance", server == 0, "" if server == 0 else device.log.read_text()[-1500:])
