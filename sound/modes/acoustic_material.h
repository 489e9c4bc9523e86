// How matter sounds when struck, rubbed and walked upon. Found by the names of
// script/words/names.md. What it is like to push is world/materials; how it looks is render's.
#pragma once

#include <span>
#include <string_view>

namespace sound {

struct AcousticMaterial {
    std::string_view name;
    double density_kgpm3;
    double bar_speed_mps;  // sqrt(E / density): the speed that sets all frequencies
    double poisson_ratio;
    double loss_factor;  // eta; amplitude of a mode decays as e^{-pi f eta t}
    double ring;         // 0..1 how much of a blow is heard as its own modes
    double grit;         // 0..1 how much is heard as noise of the surface giving way
    double grit_hz;      // centre of that noise
    double grit_s;       // its length
    double loudness;     // 0..1 overall, 1 = hard and lively
    double roughness_m;  // spacing of asperities, for sliding and rolling
};

// The material, or "plastic" where the word is unknown ("" too).
const AcousticMaterial& acoustic_material(std::string_view name);
bool has_acoustic_material(std::string_view name);
std::span<const AcousticMaterial> all_acoustic_materials();

// Young's modulus from density and bar speed, Pa.
double youngs_modulus_pa(const AcousticMaterial& material);
// Transverse (shear) wave speed, m/s.
double shear_speed_mps(const AcousticMaterial& material);

}  // namespace sound
