#include <deque>
#include <map>
#include <tuple>

#include "base/core/check.h"
#include "base/core/random.h"
#include "render/material/base_look.h"
#include "render/material/pattern.h"
#include "render/material/surface.h"

namespace render {
namespace {

const Pattern* find_pattern(std::string_view name) {
    if (name.empty()) return nullptr;
    for (const auto patterns :
         {building_patterns(), sport_patterns(), nature_patterns(), thing_patterns()}) {
        for (const Pattern& pattern : patterns) {
            if (pattern.name == name) return &pattern;
        }
    }
    return nullptr;
}

// Plasticine: what everything is made of in the clay style. Metals and glass keep their hue.
void make_clay(Look& look) {
    Surface& s = look.base;
    if (s.transmission > 0)
        s.albedo =
            base::lerp(s.albedo * Vec3f{0.62f, 0.78f, 0.86f}, Vec3f{0.5f, 0.66f, 0.74f}, 0.4f);
    if (s.metallic > 0) s.albedo = s.albedo * 0.72f;
    // Modelling clay is neither black nor glaring white, and its colours are full.
    s.albedo = base::max(base::min(s.albedo * 0.92f, Vec3f{0.82f, 0.82f, 0.82f}),
                         Vec3f{0.025f, 0.025f, 0.025f});
    s.metallic = 0;
    s.transmission = 0;
    s.thin = false;
    s.opacity = 1;
    s.roughness = 0.58f;
    s.specular = 0.42f;
    s.clearcoat = 0;
    s.sheen = 0;
    s.subsurface = 0.2f;
    look.grain = find_grain("fingerprints");
    look.end_grain = nullptr;
    look.colour_strength = 1;
    look.bump_strength = 0.75f;
    look.clay = true;
}

void make_flat(Look& look) {
    Surface& s = look.base;
    if (s.metallic > 0.5f) s.roughness = std::max(s.roughness, 0.3f);
    look.flat = true;
}

void finish(Surface& s) {
    s.albedo = base::max(base::min(s.albedo, Vec3f{1, 1, 1}), Vec3f{0, 0, 0});
    s.roughness = std::clamp(s.roughness, 0.02f, 1.f);
    s.clearcoat_roughness = std::clamp(s.clearcoat_roughness, 0.02f, 1.f);
    s.clearcoat = clamp01(s.clearcoat);
    s.metallic = clamp01(s.metallic);
    s.sheen = clamp01(s.sheen);
    s.opacity = clamp01(s.opacity);
    s.transmission = clamp01(s.transmission);
}

Surface draw(const Look& look, const SurfacePoint& point) {
    Surface s = look.base;
    s.normal = point.n;
    Canvas canvas{look, point, s, {}};
    if (look.pattern != nullptr) {
        look.pattern->draw(canvas);
        // In the clay style patterns give colour only; the surface itself is plasticine.
        if (look.clay) {
            s.roughness = look.base.roughness;
            s.metallic = s.transmission = s.clearcoat = s.sheen = 0;
            s.opacity = 1;
            s.thin = false;
            canvas.bend = canvas.bend * 0.4f;
            canvas.own_grain();
        }
    } else {
        canvas.own_grain();
    }
    if (look.snow > 0) {
        const float lie =
            smoothly(0.35f, 0.75f, point.n.z + 0.25f * solid_fbm(point.p * 1.7f, 5, 3)) * look.snow;
        canvas.paint({0.86f, 0.89f, 0.94f}, lie, 0.8f);
        s.clearcoat *= 1 - lie;
    }
    if (look.wetness > 0 && s.transmission < 0.5f) {
        // Water fills the pores: darker, smoother (Lekner and Dorf 1988 for the darkening); puddles
        // stand where the ground is low.
        const float up = smoothly(0.2f, 0.9f, point.n.z);
        const float puddle =
            up * smoothly(0.08f, 0.22f,
                          solid_fbm(Vec3f{point.p.x * 0.55f, point.p.y * 0.55f, 0.5f}, 9, 3));
        const float wet = look.wetness * (0.35f + 0.65f * up);
        s.albedo *= 1 - 0.42f * wet * (1 - s.metallic);
        s.roughness = base::lerp(s.roughness, 0.28f, 0.75f * wet);
        s.roughness = base::lerp(s.roughness, 0.04f, puddle * look.wetness);
        s.specular = base::lerp(s.specular, 0.35f, wet);
        canvas.bend = canvas.bend * (1 - 0.9f * puddle * look.wetness);
    }
    if (!look.flat) {
        const float size = length(canvas.bend);
        if (size > 1e-4f) {
            // Relief steeper than a half would throw light below the horizon.
            const Vec3f bend = canvas.bend * (size > 0.7f ? 0.7f / size : 1.f);
            s.normal = normalize(point.n + bend - point.n * dot(bend, point.n));
        }
    }
    finish(s);
    return s;
}

}  // namespace

struct LookTable::Impl {
    using Key = std::tuple<std::string, std::string, bool, float, float, float, float, uint64_t,
                           std::array<float, 6>, float, float>;
    LookOptions options;
    std::deque<Look> looks;
    std::map<Key, LookId> known;
};

LookTable::LookTable(LookOptions options) : impl_(std::make_unique<Impl>()) {
    impl_->options = options;
}
LookTable::~LookTable() = default;
LookTable::LookTable(LookTable&&) noexcept = default;
LookTable& LookTable::operator=(LookTable&&) noexcept = default;

LookId LookTable::resolve(const LookRequest& request) {
    const Vec3f lo = request.bounds.empty() ? Vec3f{-0.5f, -0.5f, -0.5f} : request.bounds.low;
    const Vec3f hi = request.bounds.empty() ? Vec3f{0.5f, 0.5f, 0.5f} : request.bounds.high;
    const Vec3f colour = request.colour.value_or(Vec3f{-1, -1, -1});
    Impl::Key key{std::string(request.material),
                  std::string(request.pattern),
                  request.colour.has_value(),
                  colour.x,
                  colour.y,
                  colour.z,
                  request.emission,
                  request.seed,
                  {lo.x, lo.y, lo.z, hi.x, hi.y, hi.z},
                  request.wetness,
                  request.snow_cover};
    const auto known = impl_->known.find(key);
    if (known != impl_->known.end()) return known->second;

    const BaseLook* base = find_base_look(request.material);
    if (base == nullptr) base = find_base_look("plastic");
    Look look;
    look.base = base->surface;
    look.coloured = request.colour.has_value() && base->takes_colour;
    if (look.coloured) {
        look.base.albedo = *request.colour;
        if (look.base.transmission > 0) {
            // Tinted glass: absorb what the colour lacks, over about a centimetre.
            const Vec3f c = base::max(*request.colour, Vec3f{0.02f, 0.02f, 0.02f});
            look.base.absorption_per_m =
                Vec3f{-std::log(c.x), -std::log(c.y), -std::log(c.z)} * 40.f +
                base->surface.absorption_per_m;
            look.base.albedo = {1, 1, 1};
        }
    }
    look.base.emission = (request.colour ? *request.colour : look.base.albedo) * request.emission;
    look.grain = find_grain(base->grain);
    look.colour_strength = base->colour_strength;
    look.bump_strength = base->bump_strength;
    look.tile_m = base->grain_tile_m;
    const Vec3f size = hi - lo;
    const float largest = std::max({size.x, size.y, size.z, 1e-4f});
    // Small things show smaller figure, as cut from finer stuff.
    look.tile_m = std::min(look.tile_m, std::max(2.2f * largest, look.tile_m * 0.12f));
    look.fibre_axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2;
    look.centre = (lo + hi) * 0.5f;
    look.half = size * 0.5f;
    const uint64_t hash = base::hash_u64(request.seed);
    look.seed = static_cast<uint32_t>(hash);
    look.offset = {static_cast<float>(hash & 0xffffu) / 65536.f,
                   static_cast<float>((hash >> 16) & 0xffffu) / 65536.f};
    look.wetness = clamp01(request.wetness);
    look.snow = clamp01(request.snow_cover);
    if (base->material == "wood") look.end_grain = find_grain("wood_end");
    look.pattern = find_pattern(request.pattern);
    if (look.pattern != nullptr) {
        for (const std::string_view name : look.pattern->grains) find_grain(name);
    } else if (const Grain* grain = find_grain(request.pattern)) {
        look.grain = grain;  // a grain's name alone is a pattern too: "bark", "cast", "peel"
        look.end_grain = nullptr;
    }
    if (impl_->options.style == Style::Clay) make_clay(look);
    if (impl_->options.style == Style::Anime) make_flat(look);
    finish(look.base);
    // Seen from afar: the mean of a few points with a footprint that swallows all detail.
    Surface mean{};
    Vec3f albedo{}, emission{};
    float roughness = 0;
    constexpr int kProbes = 8;
    for (int i = 0; i < kProbes; ++i) {
        SurfacePoint point;
        point.p =
            lo + size * Vec3f{fraction(0.754877f * static_cast<float>(i + 1)),
                              fraction(0.569840f * static_cast<float>(i + 1)), i % 2 ? 1.f : 0.f};
        point.uv = {fraction(0.7548f * static_cast<float>(i)),
                    fraction(0.5698f * static_cast<float>(i))};
        point.footprint_m = std::max(0.3f, largest * 0.1f);
        mean = draw(look, point);
        albedo += mean.albedo / kProbes;
        emission += mean.emission / kProbes;
        roughness += mean.roughness / kProbes;
    }
    mean.albedo = albedo;
    mean.emission = emission;
    mean.roughness = roughness;
    mean.normal = {0, 0, 1};
    look.mean = mean;
    impl_->looks.push_back(look);
    const auto id = static_cast<LookId>(impl_->looks.size()) - 1;
    impl_->known.emplace(std::move(key), id);
    return id;
}

Surface LookTable::evaluate(LookId id, const SurfacePoint& point) const {
    return draw(impl_->looks[static_cast<size_t>(id)], point);
}

const Surface& LookTable::mean(LookId id) const {
    return impl_->looks[static_cast<size_t>(id)].mean;
}
bool LookTable::transmits(LookId id) const {
    const Look& look = impl_->looks[static_cast<size_t>(id)];
    return look.mean.transmission > 0.01f;
}
bool LookTable::glows(LookId id) const {
    return dot(impl_->looks[static_cast<size_t>(id)].base.emission, Vec3f{1, 1, 1}) > 0;
}
bool LookTable::see_through(LookId id) const { return mean(id).opacity < 0.999f; }
int LookTable::size() const { return static_cast<int>(impl_->looks.size()); }

std::vector<std::string> look_materials() {
    std::vector<std::string> names;
    for (const BaseLook& look : all_base_looks()) names.emplace_back(look.material);
    return names;
}

std::vector<std::string> look_patterns() {
    std::vector<std::string> names;
    for (const auto patterns :
         {building_patterns(), sport_patterns(), nature_patterns(), thing_patterns()}) {
        for (const Pattern& pattern : patterns) names.emplace_back(pattern.name);
    }
    return names;
}

}  // namespace render
