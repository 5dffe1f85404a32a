// The random numbers of the hold model: the same generator, seed and draw as `SplitMix` in Sources/Simulation.
#pragma once
#include <cstdint>

struct SplitMix {
    std::uint64_t state;

    std::uint64_t next() {
        state += 0x9e3779b97f4a7c15u;
        std::uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
        return mixed ^ (mixed >> 31);
    }

    // A delay of the hold model: 1 to 1,000,000 ps.
    std::uint64_t delay() {
        return 1 + static_cast<std::uint64_t>((static_cast<unsigned __int128>(next()) * 1000000u) >> 64);
    }
};
