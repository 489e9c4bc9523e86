#include "sound/modes/acoustic_material.h"

#include <array>
#include <cmath>

namespace sound {
namespace {

// Density and bar speed of solids: CRC Handbook of Chemistry and Physics; Kinsler, Frey et al.,
// "Fundamentals of Acoustics", table A10; wood, bone, ice: Ashby, "Materials Selection in
// Mechanical Design", appendix. Loss factors: Cremer, Heckl, Petersson, "Structure-Borne Sound",
// table of loss factors (metals 1e-4..2e-3, glass ~1e-3, wood ~1e-2, brick and concrete ~1e-2,
// plastics 2..5e-2, rubber 0.1..1, sand ~0.1..0.6), here for things in use, not for samples hung on
// threads. The last six columns describe hearing, not matter; they were set by eye on spectra.
// Soft things (E far below 1 GPa) hardly ring; their bar speed only sets the length of a contact.
constexpr std::array<AcousticMaterial, 52> kMaterials{{
    // name          density  speed   nu    eta     ring  grit  grit_hz grit_s loud  rough
    {"aluminium", 2700, 5090, 0.33, 4.0e-4, 1.00, 0.10, 6000, 0.004, 0.95, 0.0006},
    {"asphalt", 2300, 900, 0.35, 2.0e-1, 0.15, 0.60, 1600, 0.014, 0.65, 0.0060},
    {"bone", 1900, 2800, 0.30, 2.0e-2, 0.70, 0.20, 2600, 0.005, 0.75, 0.0010},
    {"brass", 8500, 3480, 0.35, 3.0e-4, 1.00, 0.08, 6000, 0.004, 1.00, 0.0005},
    {"bread", 300, 150, 0.30, 3.0e-1, 0.08, 0.50, 700, 0.020, 0.25, 0.0030},
    {"brick", 1850, 2900, 0.20, 1.5e-2, 0.75, 0.55, 2400, 0.012, 0.85, 0.0030},
    {"cardboard", 700, 1200, 0.30, 6.0e-2, 0.60, 0.40, 900, 0.016, 0.55, 0.0010},
    {"carpet", 300, 60, 0.30, 5.0e-1, 0.04, 0.35, 450, 0.024, 0.25, 0.0030},
    {"ceramic", 2400, 5000, 0.22, 1.5e-3, 1.00, 0.18, 5500, 0.004, 0.95, 0.0005},
    {"clay", 1700, 250, 0.40, 4.0e-1, 0.10, 0.45, 420, 0.030, 0.50, 0.0020},
    {"concrete", 2400, 3500, 0.20, 3.0e-2, 0.35, 0.50, 2600, 0.010, 0.75, 0.0030},
    {"copper", 8930, 3700, 0.34, 1.0e-3, 1.00, 0.08, 5000, 0.004, 0.95, 0.0005},
    {"cotton", 200, 40, 0.30, 5.0e-1, 0.02, 0.40, 900, 0.030, 0.15, 0.0010},
    {"diamond", 3515, 17500, 0.10, 5.0e-4, 1.00, 0.10, 9000, 0.003, 0.90, 0.0003},
    {"fabric", 350, 60, 0.30, 5.0e-1, 0.03, 0.50, 800, 0.035, 0.25, 0.0010},
    {"feather", 100, 80, 0.30, 5.0e-1, 0.02, 0.40, 1800, 0.030, 0.06, 0.0010},
    {"felt", 300, 60, 0.30, 4.0e-1, 0.05, 0.45, 500, 0.022, 0.30, 0.0010},
    {"flesh", 1060, 70, 0.45, 5.0e-1, 0.08, 0.55, 380, 0.030, 0.45, 0.0020},
    {"foam", 60, 90, 0.30, 5.0e-1, 0.04, 0.40, 500, 0.028, 0.15, 0.0020},
    {"fruit", 950, 120, 0.40, 3.0e-1, 0.15, 0.50, 600, 0.022, 0.40, 0.0010},
    {"fur", 500, 50, 0.40, 5.0e-1, 0.03, 0.50, 420, 0.035, 0.25, 0.0020},
    {"glass", 2500, 5290, 0.22, 1.0e-3, 1.00, 0.12, 7000, 0.003, 0.95, 0.0003},
    {"gold", 19300, 2030, 0.43, 1.5e-3, 0.95, 0.08, 4500, 0.004, 0.95, 0.0005},
    {"grass", 600, 70, 0.35, 5.0e-1, 0.04, 0.60, 1100, 0.045, 0.30, 0.0060},
    {"ice", 917, 3130, 0.33, 1.0e-2, 0.75, 0.35, 4200, 0.008, 0.80, 0.0008},
    {"iron", 7200, 4100, 0.27, 1.2e-3, 0.95, 0.12, 4000, 0.005, 1.00, 0.0010},
    {"jelly", 1050, 15, 0.49, 6.0e-1, 0.06, 0.55, 260, 0.045, 0.30, 0.0030},
    {"leaf", 400, 200, 0.30, 2.0e-1, 0.05, 0.65, 3200, 0.040, 0.18, 0.0020},
    {"leather", 900, 330, 0.40, 1.5e-1, 0.25, 0.40, 850, 0.012, 0.55, 0.0010},
    {"marble_stone", 2700, 4300, 0.27, 5.0e-3, 0.70, 0.25, 3600, 0.006, 0.85, 0.0008},
    {"paper", 800, 1500, 0.30, 8.0e-2, 0.25, 0.60, 3000, 0.022, 0.30, 0.0008},
    {"plaster", 1100, 1900, 0.22, 2.0e-2, 0.50, 0.45, 1600, 0.012, 0.65, 0.0020},
    {"plastic", 1100, 1550, 0.38, 3.0e-2, 0.85, 0.18, 2600, 0.005, 0.75, 0.0006},
    {"resin", 1700, 1900, 0.36, 2.0e-2, 0.90, 0.10, 4500, 0.002, 0.90, 0.0003},
    {"rope", 900, 400, 0.30, 3.0e-1, 0.05, 0.45, 700, 0.025, 0.25, 0.0020},
    {"rubber", 1100, 120, 0.49, 1.5e-1, 0.45, 0.40, 950, 0.009, 0.65, 0.0010},
    {"salt", 2160, 2500, 0.25, 5.0e-2, 0.30, 0.60, 6000, 0.012, 0.50, 0.0006},
    {"sand", 1600, 150, 0.30, 4.0e-1, 0.04, 0.80, 1500, 0.050, 0.40, 0.0040},
    {"shell", 2700, 4500, 0.25, 8.0e-3, 0.85, 0.22, 5000, 0.004, 0.75, 0.0008},
    {"silver", 10500, 2800, 0.37, 5.0e-4, 1.00, 0.08, 5500, 0.004, 0.95, 0.0005},
    {"skin", 1060, 70, 0.45, 5.0e-1, 0.08, 0.55, 420, 0.026, 0.45, 0.0020},
    {"snow", 250, 120, 0.25, 5.0e-1, 0.03, 0.80, 1300, 0.070, 0.30, 0.0030},
    {"steel", 7850, 5050, 0.29, 3.0e-4, 1.00, 0.10, 5500, 0.004, 1.00, 0.0006},
    {"stone", 2650, 4350, 0.25, 8.0e-3, 0.65, 0.40, 3000, 0.008, 0.85, 0.0025},
    {"straw", 120, 400, 0.30, 3.0e-1, 0.05, 0.70, 2600, 0.045, 0.22, 0.0030},
    {"tile", 2300, 4800, 0.22, 6.0e-3, 0.85, 0.28, 4600, 0.005, 0.90, 0.0010},
    {"water", 998, 1480, 0.49, 5.0e-1, 0.00, 0.80, 900, 0.090, 0.60, 0.0050},
    {"wax", 930, 700, 0.40, 1.5e-1, 0.25, 0.35, 900, 0.012, 0.45, 0.0010},
    {"wicker", 400, 1800, 0.30, 5.0e-2, 0.45, 0.55, 2300, 0.022, 0.45, 0.0030},
    {"wood", 620, 3900, 0.35, 1.2e-2, 0.90, 0.22, 1900, 0.006, 0.85, 0.0012},
    {"wool", 200, 40, 0.30, 5.0e-1, 0.02, 0.40, 500, 0.035, 0.15, 0.0020},
    {"silence", 1, 1, 0.30, 9.0e-1, 0.00, 0.00, 500, 0.010, 0.00, 0.0010},
}};

const AcousticMaterial* find(std::string_view name) {
    for (const AcousticMaterial& m : kMaterials)
        if (m.name == name) return &m;
    return nullptr;
}

}  // namespace

const AcousticMaterial& acoustic_material(std::string_view name) {
    const AcousticMaterial* found = find(name);
    return found ? *found : *find("plastic");
}

bool has_acoustic_material(std::string_view name) { return find(name) != nullptr; }

std::span<const AcousticMaterial> all_acoustic_materials() { return kMaterials; }

double youngs_modulus_pa(const AcousticMaterial& m) {
    return m.density_kgpm3 * m.bar_speed_mps * m.bar_speed_mps;
}

double shear_speed_mps(const AcousticMaterial& m) {
    return m.bar_speed_mps / std::sqrt(2 * (1 + m.poisson_ratio));
}

}  // namespace sound
