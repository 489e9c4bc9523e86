// What a surface looks like at a point: the seam between the integrator and the looks.
//
// Each visible mesh part resolves once to a LookId; every hit then asks evaluate(). Looks are made
// of baked tiling textures with mip levels (box projected in the body's own frame, so they stay
// glued to moving things) and of patterns drawn analytically on top (court lines, brick courses,
// basketball seams). Detail smaller than the footprint fades to its mean, so nothing shimmers.
//
//   LookTable looks({.style = settings.style});
//   LookId id = looks.resolve({.material = "wood", .pattern = "gym_floor", .bounds = b});
//   Surface s = looks.evaluate(id, {.p = hit, .n = shading_normal, .footprint_m = 0.004f});
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/math/transform.h"
#include "render/render.h"

namespace render {

// Inline, so that its symbols differ from the figure's sculpted render::Surface (render/figure).
inline namespace optics {

// All colours linear, Rec. 709 primaries. Model: a dielectric or metal base (GGX), under an
// optional clear coat (GGX, ior 1.5), beside an optional sheen lobe. Parameter meanings follow
// Burley, "Physically Based Shading at Disney" (2012), unless said.
struct Surface {
    base::Vec3f albedo{0.5f, 0.5f, 0.5f};  // [0, 1]; metallic: the reflectance at normal incidence
    base::Vec3f normal{0, 0, 1};  // bumped shading normal, unit, in the frame of the hit's p and n
    float roughness = 0.5f;       // perceptual, [0.02, 1]; GGX alpha = roughness^2
    float metallic = 0;           // [0, 1]
    float specular = 0.5f;        // dielectric F0 = 0.08 * specular (0.5: ior 1.5)
    float clearcoat = 0;          // [0, 1] strength of the coat (F0 0.04)
    float clearcoat_roughness = 0.1f;
    float sheen = 0;               // [0, 1] soft rim of cloth, felt, fur
    float subsurface = 0;          // [0, 1] share of the diffuse light that wraps (wax, ice, skin)
    float transmission = 0;        // [0, 1]; 1 = clear glass, water
    float ior = 1.5f;              // of transmitting matter
    bool thin = false;             // a pane or leaf: passes light straight, no volume behind it
    base::Vec3f absorption_per_m;  // Beer-Lambert, inside transmitting matter
    base::Vec3f emission;          // radiance, relative units; 0 = does not glow
    float opacity = 1;  // < 1: lets rays through unchanged with 1 - opacity (nets, veils)
};

}  // namespace optics

struct SurfacePoint {
    base::Vec3f p;               // metres, in the frame of the shape (sets: of the body's shape)
    base::Vec3f n{0, 0, 1};      // unit shading normal, same frame
    base::Vec2f uv{};            // the mesh's, when it has any
    float footprint_m = 0.002f;  // size of a pixel (or of the ray's cone) there
    float time_s = 0;            // film time: screens, rippling water
};

struct LookRequest {
    std::string_view material;  // name of world/materials; an unknown one looks like plastic
    std::string_view pattern;   // name of patterns.md, "" = plain; an unknown one is plain
    std::optional<base::Vec3f> colour;  // linear; unset = the material's own
    base::Boundsf bounds;  // of the whole shape, in its frame; patterns on balls need it
    float emission = 0;    // MeshPart::emission
    bool has_uv = false;   // the mesh carries uvs
    uint64_t seed = 1;     // natural variation: another cut of the same wood
    float wetness = 0;     // [0, 1] rain on open ground: darker, glossier, puddles
    float snow_cover = 0;  // [0, 1] snow lying on faces that look up (local +z)
};

struct LookOptions {
    Style style = Style::Realistic;  // Clay: everything is plasticine; Anime: flat colours
};

using LookId = int32_t;

class LookTable {
public:
    explicit LookTable(LookOptions options = {});
    ~LookTable();
    LookTable(LookTable&&) noexcept;
    LookTable& operator=(LookTable&&) noexcept;

    // Bakes the textures it needs on first use (a few to 60 ms each, kept for the whole process).
    // Equal requests give equal ids. One thread at a time, not during evaluate().
    LookId resolve(const LookRequest& request);

    // Any thread. Deterministic: depends on arguments only.
    Surface evaluate(LookId id, const SurfacePoint& point) const;

    // The look seen from afar, for indirect light and far hits; costs nothing.
    const Surface& mean(LookId id) const;

    // True where some point may transmit, glow or be see-through, so rays need the slow path.
    bool transmits(LookId id) const;
    bool glows(LookId id) const;
    bool see_through(LookId id) const;  // opacity < 1 somewhere

    int size() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Names that resolve() knows.
std::vector<std::string> look_materials();
std::vector<std::string> look_patterns();

}  // namespace render
