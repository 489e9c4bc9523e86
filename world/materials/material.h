// Physical materials: what matter is like to push, bounce and strike. How it looks is render's,
// how it rings is sound's; both find their data by `name`.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace world {

struct Material {
    std::string_view name;  // "steel"
    double density_kgpm3;
    double friction;            // Coulomb, against itself; pairs below
    double restitution;         // against a massive hard floor, at about 1 m/s
    double rolling_friction_m;  // lever arm of rolling resistance
    double youngs_modulus_pa;   // for contact time (Hertz)
    double poisson_ratio;
    double fracture_impulse_Nspm2;  // impulse per area that breaks a body of it; 0 = unbreakable
    std::string_view source;        // where the figures come from
};

// nullptr when the word is no material.
const Material* find_material(std::string_view name);
// The material, or "plastic" with a CHECK in debug: for names that were validated before.
const Material& material(std::string_view name);
std::span<const Material> all_materials();

// Pair rules. Symmetric. A measured pair of the table wins, else a rule (see material.cc).
struct Contact {
    double friction;
    double restitution;
};
Contact contact_between(std::string_view a, std::string_view b);

}  // namespace world
