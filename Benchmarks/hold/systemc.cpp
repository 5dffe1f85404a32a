// The hold model on SystemC: N method processes, each of which waits for a random delay, again and again.
//
// Of the ways to say it this is the fastest that a model would use: SC_METHOD needs no stack switch (SC_THREAD does),
// and next_trigger(time) reuses the process's own timeout event, so that nothing is allocated per event by the model.
// The kernel's pending notifications are its binary heap of timed events. The delays are integers of picoseconds,
// the kernel's resolution; an sc_time is made from its raw 64-bit value, so no floating point is paid for.
// One event is one activation. Processes that wake in one picosecond run in the kernel's own order, so that the
// checksum may differ from the other programs'; the amount of work does not.
//
// usage: systemc PENDING EVENTS    prints: million events per second, end time in ps, checksum
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <systemc>

#include "split_mix.hpp"

static SplitMix generator{1};
static std::uint64_t activations = 0;
static std::uint64_t warmUp = 0;
static std::uint64_t limit = 0;
static std::uint64_t checksum = 0;
static std::chrono::steady_clock::time_point start;

struct Holder : sc_core::sc_module {
    std::uint64_t payload;
    bool started = false;

    SC_HAS_PROCESS(Holder);
    Holder(sc_core::sc_module_name name, std::uint64_t payload) : sc_module(name), payload(payload) {
        SC_METHOD(act);
    }

    void act() {
        if (started) {
            checksum = checksum * 31 + payload;
            if (++activations == warmUp) start = std::chrono::steady_clock::now();
            if (activations == limit) sc_core::sc_stop();
        }
        started = true;
        next_trigger(sc_core::sc_time::from_value(generator.delay()));
    }
};

int sc_main(int argc, char **argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: systemc PENDING EVENTS\n");
        return 2;
    }
    const std::uint64_t pending = std::strtoull(argv[1], nullptr, 10);
    const std::uint64_t events = std::strtoull(argv[2], nullptr, 10);
    sc_core::sc_set_time_resolution(1, sc_core::SC_PS);
    sc_core::sc_report_handler::set_actions(sc_core::SC_INFO, sc_core::SC_DO_NOTHING);
    sc_core::sc_set_stop_mode(sc_core::SC_STOP_IMMEDIATE);
    warmUp = events / 8;
    limit = warmUp + events;
    std::vector<Holder *> holders;
    for (std::uint64_t index = 0; index < pending; ++index) {
        holders.push_back(new Holder(sc_core::sc_gen_unique_name("holder"), index));
    }
    sc_core::sc_start();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    std::printf("%.3f %llu %llu\n", events / elapsed.count() / 1e6,
                static_cast<unsigned long long>(sc_core::sc_time_stamp().value()),
                static_cast<unsigned long long>(checksum));
    std::fflush(stdout);
    std::_Exit(0);  // Destroying N modules by name takes minutes and measures nothing.
}
