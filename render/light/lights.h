// Everything that shines from a known place: lamps of the set, sun or moon, a style's own key
// lights. Photometric units: luminance cd/m2, illuminance lux.
#pragma once

#include <vector>

#include "render/light/sky.h"
#include "render/render.h"

namespace render {

struct Light {
    enum class Kind { Rectangle, Sphere, Distant } kind = Kind::Rectangle;
    Vec3f position;        // centre
    Vec3f half_u, half_v;  // rectangle: half edges
    Vec3f normal;          // rectangle: shines this way; distant: toward the light
    float radius = 0;      // sphere
    float cos_radius = 1;  // distant: of the disc's angle
    Vec3f luminance;       // cd/m2; distant: illuminance at normal incidence, lux
    int slats = 0;         // > 0: shines through a window with so many blinds
};

// One point of a light as seen from `from`.
struct LightSample {
    Vec3f direction;  // unit, toward the light
    float distance = 0;
    Vec3f illuminance;  // on a surface facing the light, unshadowed
};

LightSample sample_light(const Light& light, Vec3f from, float u, float v);
// [0, 1]: what the window blinds before a light let through toward `p`.
float through_slats(const Light& light, Vec3f p);

// Luminance of a lambertian one-sided rectangle or sphere: L = flux / (pi area).
Light make_light(const world::Lamp& lamp);

struct LightSet {
    std::vector<Light> lights;
    std::vector<Vec3f> lamp_luminance;  // by SetModel::lamps index; zero = off
    Vec3f white{1, 1, 1};               // colour of the light that a camera would balance for

    static LightSet build(const Stage& stage, const Settings& settings, const Sky* sky);
};

}  // namespace render
