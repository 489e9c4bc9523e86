#include "world/materials/material.h"

#include <cmath>

#include "base/core/check.h"
#include "world/materials/material_table.h"

namespace world {

const Material* find_material(std::string_view name) {
    for (const Material& m : material_table()) {
        if (m.name == name) return &m;
    }
    return nullptr;
}

const Material& material(std::string_view name) {
    if (const Material* found = find_material(name)) return *found;
#ifndef NDEBUG
    CHECK(name.empty(), "unknown material \"" + std::string(name) + "\"");
#endif
    return *find_material("plastic");
}

std::span<const Material> all_materials() { return material_table(); }

// Without a measurement:
//  * friction: geometric mean, so that one slippery partner suffices;
//  * restitution: the work-equivalent mean of Coaplen, Stronge and Ravani (Int. J. Impact Eng. 30,
//    2004): the energy of a blow is stored in both bodies in proportion to their compliance
//    (1 - nu^2) / E (Hertz), and each gives back its e^2 of its share. The softer one decides.
Contact contact_between(std::string_view a, std::string_view b) {
    for (const MeasuredPair& pair : measured_pairs()) {
        if ((pair.a == a && pair.b == b) || (pair.a == b && pair.b == a)) {
            return {pair.friction, pair.restitution};
        }
    }
    const Material &ma = material(a), &mb = material(b);
    const auto compliance = [](const Material& m) {
        return (1 - m.poisson_ratio * m.poisson_ratio) / m.youngs_modulus_pa;
    };
    const double ca = compliance(ma), cb = compliance(mb);
    const double e2 =
        (ca * ma.restitution * ma.restitution + cb * mb.restitution * mb.restitution) / (ca + cb);
    return {std::sqrt(ma.friction * mb.friction), std::sqrt(e2)};
}

}  // namespace world
