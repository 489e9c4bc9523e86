// How much sound energy a surface swallows, per octave band 125 .. 4000 Hz.
#pragma once

#include <array>
#include <string_view>

#include "world/sets/set.h"

namespace sound {

constexpr int kBands = 6;
constexpr std::array<double, kBands> kBandHz{125, 250, 500, 1000, 2000, 4000};
using Bands = std::array<double, kBands>;

// Random-incidence absorption coefficients, 0..1.
Bands absorption(std::string_view material);

// What a closed room does to sound.
struct RoomAcoustics {
    double volume_m3 = 0, surface_m2 = 0;
    Bands mean_absorption{};
    Bands rt60_s{};                 // Eyring with air: 0.161 V / (-S ln(1-a) + 4 m V)
    double absorption_area_m2 = 0;  // at 1 kHz
    double mean_free_path_m = 0;    // 4 V / S
};

// Furniture and people are counted as a share of the floor with absorption 0.35.
RoomAcoustics room_acoustics(const world::Room& room);

}  // namespace sound
