#include "render/material/base_look.h"

#include <array>
#include <vector>

#include "base/math/colour.h"

namespace render {
namespace {

using base::colour_from_hex;
using base::Vec3f;

// Dielectric albedos: sRGB by eye against photographs of matt samples, between 0.02 (rubber) and
// 0.9 (snow). Metals: linear reflectance at normal incidence from measured n, k
// (refractiveindex.info, averaged over the Rec. 709 primaries as tabled by Hoffman, "Physics and
// Math of Shading", SIGGRAPH 2012).
Surface matt(unsigned hex, float roughness, float specular = 0.5f) {
    Surface s;
    s.albedo = colour_from_hex(hex);
    s.roughness = roughness;
    s.specular = specular;
    return s;
}

Surface metal(Vec3f reflectance, float roughness) {
    Surface s;
    s.albedo = reflectance;
    s.metallic = 1;
    s.roughness = roughness;
    return s;
}

Surface clear(unsigned hex, float roughness, float ior, Vec3f absorption_per_m) {
    Surface s;
    s.albedo = colour_from_hex(hex);
    s.roughness = roughness;
    s.transmission = 1;
    s.ior = ior;
    // F0 = ((ior - 1) / (ior + 1))^2 expressed on the 0.08 scale.
    const float root = (ior - 1) / (ior + 1);
    s.specular = root * root / 0.08f;
    s.absorption_per_m = absorption_per_m;
    return s;
}

Surface coated(Surface s, float coat, float coat_roughness) {
    s.clearcoat = coat;
    s.clearcoat_roughness = coat_roughness;
    return s;
}

Surface soft(Surface s, float sheen, float subsurface = 0) {
    s.sheen = sheen;
    s.subsurface = subsurface;
    return s;
}

std::vector<BaseLook> make_table() {
    const Vec3f gold{1.0f, 0.766f, 0.336f}, silver{0.972f, 0.960f, 0.915f},
        copper{0.955f, 0.638f, 0.538f}, aluminium{0.913f, 0.921f, 0.925f},
        iron{0.400f, 0.385f, 0.370f}, steel{0.545f, 0.550f, 0.560f}, brass{0.887f, 0.715f, 0.390f};
    return {
        {"aluminium", metal(aluminium * 0.92f, 0.30f), "brushed", 0.25f, 1, 0.6f},
        {"asphalt", matt(0x4a4a4c, 0.92f, 0.35f), "asphalt", 0.6f, 1, 1},
        {"bone", soft(matt(0xe6dcc3, 0.55f), 0, 0.35f), "pores", 0.15f, 0.6f, 0.5f},
        {"brass", metal(brass, 0.20f), "polished", 0.3f, 1, 1},
        {"bread", soft(matt(0xc08a4c, 0.85f, 0.25f), 0.15f, 0.2f), "crumb", 0.08f, 1, 1},
        {"brick", matt(0x9c4f3b, 0.90f, 0.30f), "brick_clay", 0.5f, 1, 1},
        {"cardboard", matt(0xb08a5b, 0.88f, 0.25f), "cardboard", 0.25f, 1, 0.7f},
        {"carpet", soft(matt(0x7a3a3c, 1.0f, 0.1f), 0.6f), "carpet", 0.2f, 1, 1},
        {"ceramic", coated(matt(0xe9e6dd, 0.35f), 1, 0.05f), "glaze", 0.2f, 1, 0.5f},
        {"clay", soft(matt(0xb5683f, 0.62f, 0.35f), 0.1f, 0.15f), "fingerprints", 0.14f, 1, 1},
        {"concrete", matt(0x9b9892, 0.85f, 0.35f), "concrete", 1.6f, 1, 1},
        {"copper", metal(copper, 0.22f), "polished", 0.3f, 1, 1},
        {"cotton", soft(matt(0xe8e4da, 0.95f, 0.2f), 0.35f), "weave", 0.04f, 1, 0.8f},
        {"diamond", clear(0xffffff, 0.02f, 2.417f, {0, 0, 0}), "", 1, 0, 0},
        {"fabric", soft(matt(0x5b7fa6, 0.95f, 0.2f), 0.4f), "weave", 0.05f, 1, 1},
        {"feather", soft(matt(0xe9e4d8, 0.9f, 0.25f), 0.5f, 0.2f), "feather", 0.12f, 1, 0.7f},
        {"felt", soft(matt(0x1c6b3c, 1.0f, 0.1f), 0.5f), "felt", 0.2f, 1, 0.6f},
        {"flesh", soft(matt(0xc9736a, 0.45f), 0, 0.6f), "skin", 0.08f, 1, 0.6f},
        {"foam", soft(matt(0xe3d36a, 0.95f, 0.2f), 0.2f, 0.3f), "pores", 0.06f, 1, 1},
        {"fruit", coated(soft(matt(0xc8402f, 0.40f), 0, 0.35f), 0.5f, 0.25f), "peel", 0.09f, 1,
         0.5f},
        {"fur", soft(matt(0x8d6a46, 1.0f, 0.15f), 0.7f, 0.1f), "fur", 0.16f, 1, 1},
        {"glass", clear(0xffffff, 0.02f, 1.52f, {1.2f, 0.45f, 0.75f}), "", 1, 0, 0},
        {"gold", metal(gold, 0.16f), "polished", 0.3f, 1, 0.7f},
        {"grass", soft(matt(0x4f7a2c, 0.95f, 0.2f), 0.3f, 0.3f), "grass", 0.9f, 1, 1},
        {"ice", coated(soft(matt(0xd3e4ee, 0.25f), 0, 0.6f), 0.9f, 0.08f), "ice", 1.5f, 1, 1},
        {"iron", metal(iron, 0.48f), "cast", 0.25f, 1, 1},
        {"jelly", clear(0xe0404a, 0.12f, 1.36f, {4.0f, 26.0f, 22.0f}), "", 1, 0, 0},
        {"leaf", soft(matt(0x4d7f33, 0.55f, 0.4f), 0.1f, 0.5f), "leaf", 0.12f, 1, 0.6f},
        {"leather", matt(0x6d4329, 0.50f, 0.45f), "leather", 0.12f, 1, 1},
        {"marble_stone", coated(soft(matt(0xe4e1db, 0.30f), 0, 0.3f), 0.8f, 0.08f), "marble", 1.2f,
         1, 0.3f},
        {"paper", soft(matt(0xf1ede2, 0.9f, 0.3f), 0, 0.25f), "paper", 0.2f, 1, 0.4f},
        {"plaster", matt(0xe6e0d4, 0.92f, 0.3f), "plaster", 1.2f, 1, 1},
        {"plastic", matt(0xd9d4ca, 0.32f), "plastic", 0.15f, 1, 0.35f},
        {"resin", coated(matt(0xe8e2d0, 0.25f), 1, 0.04f), "glaze", 0.2f, 0.5f, 0.2f},
        {"rope", soft(matt(0xb59a6a, 0.95f, 0.2f), 0.2f), "rope", 0.06f, 1, 1},
        {"rubber", matt(0x2a2a2c, 0.62f, 0.4f), "rubber", 0.12f, 1, 0.6f},
        {"salt", soft(matt(0xf2f0ec, 0.6f), 0, 0.4f), "sand", 0.25f, 0.4f, 1},
        {"sand", matt(0xd5bd8e, 0.98f, 0.2f), "sand", 0.9f, 1, 1},
        {"shell", coated(matt(0xe9d3bd, 0.45f), 0.7f, 0.15f), "shell", 0.12f, 1, 0.6f},
        {"silver", metal(silver * 0.96f, 0.14f), "polished", 0.3f, 1, 0.8f},
        {"skin", soft(matt(0xd9a183, 0.50f, 0.45f), 0.05f, 0.5f), "skin", 0.06f, 1, 0.6f},
        {"snow", soft(matt(0xf2f5fa, 0.85f, 0.3f), 0.1f, 0.5f), "snow", 1.2f, 1, 1, false},
        {"steel", metal(steel, 0.26f), "polished", 0.35f, 1, 1},
        {"stone", matt(0x87837b, 0.88f, 0.35f), "stone", 0.8f, 1, 1},
        {"straw", soft(matt(0xd2b25e, 0.85f, 0.3f), 0.2f), "straw", 0.25f, 1, 1},
        {"tile", coated(matt(0xdfe3e3, 0.35f), 0.9f, 0.08f), "glaze", 0.5f, 0.6f, 0.4f},
        {"water", clear(0xffffff, 0.02f, 1.333f, {0.45f, 0.09f, 0.06f}), "water", 2.0f, 0, 1},
        {"wax", coated(soft(matt(0xefe3c4, 0.45f), 0, 0.8f), 0.3f, 0.3f), "fingerprints", 0.2f,
         0.3f, 0.3f},
        {"wicker", soft(matt(0xb98a52, 0.75f, 0.4f), 0.1f), "wicker", 0.12f, 1, 1},
        {"wood", matt(0xb98a58, 0.50f, 0.45f), "wood", 0.6f, 1, 1},
        {"wool", soft(matt(0xe2d9c6, 1.0f, 0.1f), 0.7f), "knit", 0.07f, 1, 1},
    };
}

const std::vector<BaseLook>& table() {
    static const std::vector<BaseLook> looks = make_table();
    return looks;
}

}  // namespace

const BaseLook* find_base_look(std::string_view material) {
    for (const BaseLook& look : table()) {
        if (look.material == material) return &look;
    }
    return nullptr;
}

std::span<const BaseLook> all_base_looks() { return table(); }

}  // namespace render
