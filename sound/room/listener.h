// Where the ear is and what it makes of a place: level, side, dullness, pitch.
#pragma once

#include <vector>

#include "sound/hear.h"

namespace sound {

constexpr double kSoundSpeedMps = 343.2;  // air at 20 C

// Linear between keys, constant outside; a default ear at the origin where there are none.
EarKey ear_at(const std::vector<EarKey>& keys, double t_s);

// Gains and low-pass corners of the two channels for a source.
struct Placement {
    float gain[2] = {0, 0};
    float corner_hz[2] = {20000, 20000};
    double distance_m = 1;
};

// Constant-power panning: left^2 + right^2 = r^-2 (softened inside 0.3 m). The far ear is dulled
// as by a head (Blauert, "Spatial Hearing": shadow above ~1.5 kHz), sources behind a little on
// both; air takes 3 dB at 42 kHz / sqrt(r) (after ISO 9613-1, 20 C, 50 % humidity: alpha ~ f^2).
Placement place(const EarKey& ear, base::Vec3 source, float pan_width, float distance_exponent);

// Frequency ratio heard: (c + v_ear toward source) / (c - v_source toward ear), kept in [0.5, 2].
double doppler_ratio(const EarKey& ear, base::Vec3 source, base::Vec3 source_velocity_mps);

}  // namespace sound
