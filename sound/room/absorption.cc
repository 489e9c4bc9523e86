#include "sound/room/absorption.h"

#include <algorithm>
#include <cmath>

namespace sound {
namespace {

struct Entry {
    std::string_view material;
    Bands alpha;
};

// Vorlaender, "Auralization" (2008), annex: tables of random-incidence absorption; Kuttruff, "Room
// Acoustics", table 9.1; soils, snow and grass after Everest, "Master Handbook of Acoustics".
// Octaves                    125   250   500   1k    2k    4k
constexpr Entry kTable[] = {
    {"concrete", {0.01, 0.01, 0.02, 0.02, 0.03, 0.04}},
    {"brick", {0.03, 0.03, 0.03, 0.04, 0.05, 0.07}},
    {"plaster", {0.14, 0.10, 0.06, 0.05, 0.04, 0.04}},  // plasterboard on battens
    {"wood", {0.18, 0.12, 0.10, 0.09, 0.08, 0.07}},
    {"tile", {0.01, 0.01, 0.01, 0.01, 0.02, 0.02}},
    {"ceramic", {0.01, 0.01, 0.01, 0.01, 0.02, 0.02}},
    {"stone", {0.01, 0.01, 0.02, 0.02, 0.03, 0.04}},
    {"marble_stone", {0.01, 0.01, 0.01, 0.01, 0.02, 0.02}},
    {"glass", {0.30, 0.20, 0.15, 0.10, 0.06, 0.04}},
    {"ice", {0.01, 0.01, 0.01, 0.02, 0.02, 0.03}},
    {"water", {0.01, 0.01, 0.01, 0.015, 0.02, 0.025}},
    {"steel", {0.13, 0.10, 0.08, 0.06, 0.05, 0.05}},  // corrugated sheet
    {"iron", {0.13, 0.10, 0.08, 0.06, 0.05, 0.05}},
    {"aluminium", {0.13, 0.10, 0.08, 0.06, 0.05, 0.05}},
    {"carpet", {0.05, 0.10, 0.20, 0.35, 0.50, 0.60}},
    {"fabric", {0.10, 0.30, 0.50, 0.65, 0.70, 0.65}},  // heavy curtain
    {"cotton", {0.10, 0.30, 0.50, 0.65, 0.70, 0.65}},
    {"wool", {0.10, 0.30, 0.50, 0.65, 0.70, 0.65}},
    {"felt", {0.08, 0.20, 0.40, 0.55, 0.60, 0.60}},
    {"foam", {0.15, 0.35, 0.75, 0.95, 0.95, 0.90}},
    {"rubber", {0.02, 0.03, 0.04, 0.05, 0.05, 0.08}},
    {"plastic", {0.03, 0.03, 0.04, 0.05, 0.05, 0.05}},
    {"leather", {0.12, 0.20, 0.30, 0.35, 0.35, 0.30}},
    {"asphalt", {0.02, 0.03, 0.03, 0.04, 0.05, 0.06}},
    {"sand", {0.15, 0.35, 0.40, 0.50, 0.55, 0.80}},
    {"grass", {0.11, 0.26, 0.60, 0.69, 0.92, 0.99}},
    {"snow", {0.45, 0.75, 0.90, 0.95, 0.95, 0.95}},
    {"straw", {0.15, 0.30, 0.55, 0.70, 0.75, 0.75}},
    {"clay", {0.04, 0.05, 0.06, 0.08, 0.08, 0.08}},
    {"cardboard", {0.10, 0.12, 0.14, 0.14, 0.14, 0.12}},
    {"paper", {0.05, 0.07, 0.10, 0.14, 0.16, 0.18}},
};
constexpr Bands kOther{0.05, 0.06, 0.07, 0.08, 0.09, 0.10};

// Air at 20 C, 50 % humidity, energy attenuation 4m per metre: Kuttruff, table 6.1.
constexpr Bands kAir4m{0.0004, 0.0012, 0.0024, 0.0044, 0.0096, 0.0288};

}  // namespace

Bands absorption(std::string_view material) {
    for (const Entry& entry : kTable)
        if (entry.material == material) return entry.alpha;
    return kOther;
}

RoomAcoustics room_acoustics(const world::Room& room) {
    RoomAcoustics out;
    const base::Vec3 size = base::max(room.high - room.low, base::Vec3{0.5, 0.5, 0.5});
    const double floor = size.x * size.y;
    const double walls = 2 * size.z * (size.x + size.y);
    out.volume_m3 = floor * size.z;
    out.surface_m2 = 2 * floor + walls;
    out.mean_free_path_m = 4 * out.volume_m3 / out.surface_m2;
    const Bands f = absorption(room.floor_material), w = absorption(room.wall_material),
                c = absorption(room.ceiling_material);
    // What stands about: more in homes than in halls.
    const double furniture = 0.35 * floor * std::clamp(8 / std::sqrt(floor), 0.12, 0.8);
    for (int band = 0; band < kBands; ++band) {
        const double area = f[band] * floor + c[band] * floor + w[band] * walls + furniture;
        const double mean = std::clamp(area / out.surface_m2, 0.005, 0.98);
        out.mean_absorption[band] = mean;
        out.rt60_s[band] = 0.161 * out.volume_m3 /
                           (-out.surface_m2 * std::log(1 - mean) + kAir4m[band] * out.volume_m3);
        if (kBandHz[band] == 1000) out.absorption_area_m2 = mean * out.surface_m2;
    }
    return out;
}

}  // namespace sound
