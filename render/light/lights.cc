#include "render/light/lights.h"

#include "base/math/colour.h"
#include "render/light/blackbody.h"
#include "render/plate/plate.h"

namespace render {
namespace {

constexpr float kPi = 3.14159265f;
constexpr float kFar = 1e5f;

Light rectangle(Vec3f centre, Vec3f target, float width, float height, float flux_lm,
                float kelvin) {
    Light light;
    light.position = centre;
    light.normal = normalize(target - centre);
    const Vec3f side = std::abs(light.normal.z) > 0.98f
                           ? Vec3f{1, 0, 0}
                           : normalize(cross(Vec3f{0, 0, 1}, light.normal));
    light.half_u = side * (width / 2);
    light.half_v = cross(light.normal, side) * (height / 2);
    light.luminance = blackbody(kelvin) * (flux_lm / (kPi * width * height));
    return light;
}

// Noir: one hard key from the side, high; a weak cool rim from behind; no set lamps.
void add_noir(LightSet& set, const world::Room& room) {
    const Vec3f low = room.low.cast<float>(), high = room.high.cast<float>();
    const Vec3f size = high - low;
    const float reach =
        room.outdoors ? 9.f : std::clamp(0.40f * std::min(size.x, size.y), 1.6f, 9.f);
    const float top = room.outdoors ? 7.f : low.z + std::clamp(0.86f * size.z, 2.0f, 7.f);
    const Vec3f stage{0, 0, low.z + 0.6f};
    Light key = rectangle({-reach, -0.55f * reach, top}, stage, 0.16f, 0.16f, 0, 4300);
    const float distance = length(key.position - stage);
    key.luminance = blackbody(4300) * (2200.f * distance * distance / (0.16f * 0.16f));
    if (!room.outdoors) key.slats = 9;
    set.lights.push_back(key);
    Light rim = rectangle({0.85f * reach, 0.8f * reach, 0.8f * top}, stage, 0.5f, 0.5f, 0, 6500);
    const float rim_distance = length(rim.position - stage);
    rim.luminance = blackbody(6500) * (260.f * rim_distance * rim_distance / 0.25f);
    set.lights.push_back(rim);
}

// Clay: a soft studio box beside the set's own light, as model animators use.
void add_clay(LightSet& set, const world::Room& room) {
    if (room.outdoors) return;
    const Vec3f low = room.low.cast<float>(), high = room.high.cast<float>();
    const float reach = std::clamp(0.3f * std::min(high.x - low.x, high.y - low.y), 1.2f, 6.f);
    const float top = low.z + std::clamp(0.8f * (high.z - low.z), 1.8f, 6.f);
    const float flux = 1500.f * reach * reach;
    set.lights.push_back(rectangle({-reach, -reach, top}, {0, 0, low.z + 0.5f}, 0.5f * reach,
                                   0.5f * reach, flux, 4600));
}

}  // namespace

LightSample sample_light(const Light& light, Vec3f from, float u, float v) {
    LightSample s;
    if (light.kind == Light::Kind::Distant) {
        const float cosine = 1 - u * (1 - light.cos_radius);
        const float sine = std::sqrt(std::max(0.f, 1 - cosine * cosine)), turn = 2 * kPi * v;
        const Vec3f x = base::any_perpendicular(light.normal), y = cross(light.normal, x);
        s.direction = normalize(light.normal * cosine + x * (sine * std::cos(turn)) +
                                y * (sine * std::sin(turn)));
        s.distance = kFar;
        s.illuminance = light.luminance;
        return s;
    }
    if (light.kind == Light::Kind::Sphere) {
        // Uniform in the cone of the visible cap.
        const Vec3f to = light.position - from;
        const float d2 = length_squared(to), d = std::sqrt(d2);
        if (d <= light.radius * 1.001f) return s;
        const float cos_max = std::sqrt(std::max(0.f, 1 - light.radius * light.radius / d2));
        const Vec3f axis = to / d;
        const float cosine = 1 - u * (1 - cos_max);
        const float sine = std::sqrt(std::max(0.f, 1 - cosine * cosine)), turn = 2 * kPi * v;
        const Vec3f x = base::any_perpendicular(axis), y = cross(axis, x);
        s.direction =
            normalize(axis * cosine + x * (sine * std::cos(turn)) + y * (sine * std::sin(turn)));
        const float along = d * cosine;
        s.distance =
            along - std::sqrt(std::max(0.f, light.radius * light.radius - d2 * sine * sine));
        s.illuminance = light.luminance * (2 * kPi * (1 - cos_max));
        return s;
    }
    const Vec3f point = light.position + light.half_u * (2 * u - 1) + light.half_v * (2 * v - 1);
    const Vec3f to = point - from;
    const float d2 = std::max(length_squared(to), 1e-6f);
    s.distance = std::sqrt(d2);
    s.direction = to / s.distance;
    const float cosine = -dot(s.direction, light.normal);
    if (cosine <= 0) return s;
    const float area = 4 * length(cross(light.half_u, light.half_v));
    s.illuminance = light.luminance * (area * cosine / std::max(d2, 0.02f * area));
    return s;
}

float through_slats(const Light& light, Vec3f p) {
    if (light.slats == 0) return 1;
    const Vec3f d = p - light.position;
    const float ahead = dot(d, light.normal);
    if (ahead <= 0) return 0;
    // Where the ray crosses a window one metre before the light, 1.3 wide and 1 high.
    const float x = dot(d, normalize(light.half_u)) / ahead,
                y = dot(d, normalize(light.half_v)) / ahead;
    const auto soft = [](float edge, float width, float v) {
        const float t = std::clamp((v - edge) / width + 0.5f, 0.f, 1.f);
        return t * t * (3 - 2 * t);
    };
    const float window = soft(-0.62f, 0.05f, x) * (1 - soft(0.62f, 0.05f, x)) *
                         soft(-0.46f, 0.04f, y) * (1 - soft(0.46f, 0.04f, y));
    const float phase = (y + 0.5f) * static_cast<float>(light.slats),
                turn = phase - std::floor(phase);
    const float slat = soft(0.14f, 0.14f, turn) * (1 - soft(0.68f, 0.14f, turn));
    return 0.035f + 0.965f * window * slat;
}

Light make_light(const world::Lamp& lamp) {
    Light light;
    light.position = lamp.pose.translation.cast<float>();
    const auto w = static_cast<float>(lamp.width_m), h = static_cast<float>(lamp.height_m);
    const Vec3f colour = blackbody(static_cast<float>(lamp.temperature_K));
    const auto flux = static_cast<float>(lamp.power_lm);
    if (lamp.shape == world::LampShape::Sphere) {
        light.kind = Light::Kind::Sphere;
        light.radius = w / 2;
        light.luminance = colour * (flux / (kPi * 4 * kPi * light.radius * light.radius));
    } else {
        light.half_u = lamp.pose.apply_vector({lamp.width_m / 2, 0, 0}).cast<float>();
        light.half_v = lamp.pose.apply_vector({0, lamp.height_m / 2, 0}).cast<float>();
        light.normal = lamp.pose.apply_vector({0, 0, -1}).cast<float>();
        light.luminance = colour * (flux / (kPi * w * h));
    }
    return light;
}

LightSet LightSet::build(const Stage& stage, const Settings& settings, const Sky* sky) {
    LightSet set;
    if (stage.plate) {
        set.lights.push_back(stage.plate->key());
        return set;
    }
    const world::Room room = stage.set ? stage.set->room : world::Room{};
    const bool noir = settings.style == Style::Noir;
    Vec3f colours{};
    float flux = 0;
    if (stage.set) {
        set.lamp_luminance.resize(stage.set->lamps.size());
        for (size_t i = 0; i < stage.set->lamps.size(); ++i) {
            const world::Lamp& lamp = stage.set->lamps[i];
            if (noir || lamp.power_lm <= 0) continue;
            if (lamp.night_only && stage.time != TimeOfDay::Night && stage.time != TimeOfDay::Dawn)
                continue;
            const Light light = make_light(lamp);
            set.lights.push_back(light);
            set.lamp_luminance[i] = light.luminance;
            colours += blackbody(static_cast<float>(lamp.temperature_K)) *
                       static_cast<float>(lamp.power_lm);
            flux += static_cast<float>(lamp.power_lm);
        }
    }
    if (noir) add_noir(set, room);
    if (settings.style == Style::Clay) add_clay(set, room);
    if (sky && base::luminance(sky->sun_illuminance()) > 0 && !(noir && !room.outdoors)) {
        Light sun;
        sun.kind = Light::Kind::Distant;
        sun.normal = sky->sun_direction();
        sun.cos_radius = std::cos(sky->sun_radius_rad());
        sun.luminance = sky->sun_illuminance();
        if (noir) sun.luminance = sun.luminance * 0.02f;
        set.lights.push_back(sun);
    }
    if (set.lights.empty() && !sky) {
        // A stage without any light would be black: one soft ceiling light.
        const Vec3f low = room.low.cast<float>(), high = room.high.cast<float>();
        const Vec3f centre = (low + high) * 0.5f;
        set.lights.push_back(rectangle(
            {centre.x, centre.y, high.z - 0.05f}, {centre.x, centre.y, low.z},
            std::max(0.5f, 0.4f * (high.x - low.x)), std::max(0.5f, 0.4f * (high.y - low.y)),
            300.f * (high.x - low.x) * (high.y - low.y), 4500));
    }
    // Indoors the camera balances most of the lamps' tint away; by day and dusk it keeps the sun's.
    if (flux > 0 && !room.outdoors) {
        const Vec3f mean = colours / flux;
        set.white = base::lerp(Vec3f{1, 1, 1}, mean, 0.9f);
    }
    return set;
}

}  // namespace render
