// The hold model on std::priority_queue: what a C++ simulator without a queue of its own would use.
//
// The work per event is that of Sources/Performance/HoldBenchmark.swift: take the earliest entry by (time, sequence),
// add its payload to a checksum, draw a delay, schedule the payload again. Given the same number of events both
// programs therefore print the same checksum and end at the same time. PAYLOAD_BYTES is the size of the event: 8 makes
// entries of 24 bytes; the machine's event is larger.
//
// usage: priority_queue PENDING EVENTS    prints: million events per second, end time in ps, checksum
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <vector>

#include "split_mix.hpp"

#ifndef PAYLOAD_BYTES
#define PAYLOAD_BYTES 8
#endif

struct Payload {
    std::uint64_t words[PAYLOAD_BYTES / 8];
};

struct Entry {
    std::uint64_t time;
    std::uint64_t sequence;
    Payload payload;
};
static_assert(sizeof(Entry) == 16 + PAYLOAD_BYTES, "an entry has no padding");

struct Later {
    bool operator()(const Entry &left, const Entry &right) const {
        return left.time != right.time ? left.time > right.time : left.sequence > right.sequence;
    }
};

int main(int argc, char **argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: priority_queue PENDING EVENTS\n");
        return 2;
    }
    const std::uint64_t pending = std::strtoull(argv[1], nullptr, 10);
    const std::uint64_t events = std::strtoull(argv[2], nullptr, 10);
    std::vector<Entry> storage;
    storage.reserve(pending + 1);
    std::priority_queue<Entry, std::vector<Entry>, Later> queue(Later{}, std::move(storage));
    SplitMix random{1};
    std::uint64_t sequence = 0, now = 0, checksum = 0;
    for (std::uint64_t index = 0; index < pending; ++index) {
        Payload payload{};
        payload.words[0] = index;
        queue.push(Entry{random.delay(), sequence++, payload});
    }
    auto run = [&](std::uint64_t count) {
        for (std::uint64_t index = 0; index < count; ++index) {
            const Entry entry = queue.top();
            queue.pop();
            now = entry.time;
            checksum = checksum * 31 + entry.payload.words[0];
            queue.push(Entry{now + random.delay(), sequence++, entry.payload});
        }
    };
    run(events / 8);  // Reach the steady state before the clock starts.
    const auto start = std::chrono::steady_clock::now();
    run(events);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    std::printf("%.3f %llu %llu\n", events / elapsed.count() / 1e6, static_cast<unsigned long long>(now),
                static_cast<unsigned long long>(checksum));
}
