#include "render/figure/garments.h"

#include <cmath>
#include <memory>

#include "render/figure/tailor.h"
#include "world/figure/joints.h"
#include "world/figure/proportions.h"

namespace render {
namespace {

bool has(const std::string& text, const char* word) { return text.find(word) != std::string::npos; }

struct Wardrobe {
    Tailor t;
    SkinBuilder& b;
    const Palette& c;
    const Anatomy& a;
    float h;

    Wardrobe(SkinBuilder& builder, const Palette& palette, uint64_t seed)
        : t(builder, seed), b(builder), c(palette), a(builder.anatomy()), h(t.h()) {}

    struct Top {
        std::string name = "shirt";
        Vec3f colour, trim;
        std::string material = "fabric", pattern;
        float roughness = -1;
        Tailor::Fit fit;
        float hem = 0;                       // z
        float sleeve = 0;                    // metres from the shoulder; 0 = none: an armhole
        float neck = 0.046f, drop = 0.012f;  // in heights
        float open = 0;                      // half width of a V at the neck, heights
        float band = 0;                      // trim at the edges, metres
        float narrow = 0;                    // only the front, this far to each side (heights)
        float step = 0.0074f;
    };
    Field top(const Top& s) {
        Tailor::Piece p;
        p.name = s.name;
        p.look = {s.name, s.material, s.colour, s.pattern, s.roughness};
        p.cloth = t.cloth(s.fit);
        p.step = s.step;
        p.low = {-0.17f * h, -0.40f * h, s.hem - 0.03f};
        p.high = {0.17f * h, 0.40f * h, t.shoulder_z() + 0.075f * h};
        p.keep = [this, s](Vec3f q) {
            const std::optional<float> arm = t.along_arm(q);
            float k =
                std::min(t.neckline(q, s.neck * h, s.drop * h), t.shoulder_z() + 0.052f * h - q.z);
            if (s.narrow > 0) k = std::min({k, s.narrow * h - std::abs(q.y), q.x});
            if (s.open > 0 && q.x > 0) {
                // Straight edges of a V or of lapels that meet at the breast.
                const float low = t.shoulder_z() - 0.13f * h;
                const float v =
                    std::abs(q.y) - s.open * h * std::clamp((q.z - low) / (0.13f * h), 0.f, 1.5f);
                if (q.z > low) k = std::min(k, v);
            }
            if (s.sleeve > 0) {
                if (arm) k = std::min(k, s.sleeve - *arm);
                else k = std::min(k, q.z - s.hem);
            } else {
                const world::Side side = q.y >= 0 ? world::Side::Left : world::Side::Right;
                const Vec3f joint = a.rest(world::arm_joint(side, world::kUpperArm));
                const auto y = static_cast<float>(world::side_sign(side));
                const Vec3f d =
                    (q - joint - Vec3f{0.0f, y * 0.022f * h, -0.012f * h}) * Vec3f{0.95f, 1, 0.82f};
                k = std::min(k, base::length(d) - 0.050f * h);
                if (arm) k = std::min(k, -0.01f);
                k = std::min(k, q.z - s.hem);
            }
            return k;
        };
        if (s.band > 0) {
            p.trim = [keep = p.keep, band = s.band](Vec3f q) { return band - keep(q); };
            p.trim_look = {s.name + "_trim", s.material, s.trim, s.pattern, s.roughness};
        }
        t.sew(p);
        return p.cloth;
    }

    struct Legs {
        std::string name = "trousers";
        Vec3f colour, trim;
        std::string material = "fabric", pattern;
        float roughness = -1;
        Tailor::Fit fit{0.008f, 0, 0, 0.012f, 0.0028f};
        float waist = 0, hem = 0;  // z
        float stripe = 0;          // half width of a stripe down the side, m
        float band = 0;
        float step = 0.0078f;
    };
    void legs(const Legs& s) {
        Tailor::Piece p;
        p.name = s.name;
        p.look = {s.name, s.material, s.colour, s.pattern, s.roughness};
        p.cloth = t.cloth(s.fit);
        p.step = s.step;
        p.low = {-0.17f * h, -0.20f * h, s.hem - 0.03f};
        p.high = {0.17f * h, 0.20f * h, s.waist + 0.03f};
        p.keep = [this, s](Vec3f q) {
            return std::min({s.waist - q.z, q.z - s.hem, 0.19f * h - std::abs(q.y)});
        };
        if (s.stripe > 0 || s.band > 0) {
            p.trim = [this, s, keep = p.keep](Vec3f q) {
                float f = -1;
                if (s.band > 0) f = s.band - std::abs(q.z - s.hem);
                if (s.stripe > 0) {
                    const float leg_y = static_cast<float>(a.body.size.hip_half);
                    f = std::max(
                        f, std::abs(q.y) > leg_y ? s.stripe - std::abs(q.x + 0.004f * h) : -1.f);
                }
                return f;
            };
            p.trim_look = {s.name + "_trim", s.material, s.trim, s.pattern, s.roughness};
        }
        t.sew(p);
    }
    // Lining a coat or jacket with a shirt: a narrow piece of another colour at the breast.
    void shirt_front(Vec3f colour, Vec3f tie) {
        Top s;
        s.name = "shirt";
        s.colour = colour;
        s.fit = {0.0045f, 0, 0, 0, 0.0006f};
        s.hem = t.hip_z() + 0.16f * h;
        s.neck = 0.041f;
        s.drop = 0.004f;
        s.narrow = 0.065f;
        top(s);
        // Collar: stands round the neck, its points fall open in front.
        Tailor::Piece collar;
        collar.look = {"collar", "fabric", colour};
        collar.cloth = [this](Vec3f q) {
            return a.trunk(q) - 0.0075f - 0.12f * std::max(0.f, t.shoulder_z() + 0.040f * h - q.z);
        };
        collar.keep = [this](Vec3f q) {
            const float z = (q.z - t.shoulder_z()) / h, x = q.x / h;
            const float high = 0.048f - 0.30f * std::max(0.f, x - 0.005f),
                        low = 0.026f - 0.45f * std::max(0.f, x);
            const float around = 0.060f - std::hypot(x + 0.012f, q.y / h);
            return h * std::min({high - z, z - low, around,
                                 x > 0 ? std::abs(q.y) / h - 0.004f - 0.10f * (high - z) : 1.f});
        };
        collar.low = {-0.08f * h, -0.08f * h, t.shoulder_z() - 0.02f * h};
        collar.high = {0.08f * h, 0.08f * h, t.shoulder_z() + 0.07f * h};
        collar.step = 0.0038f;
        collar.thickness = 0.002f;
        collar.covers = false;
        t.sew(collar);
        if (tie.x < 0) return;
        Tailor::Piece knot;
        knot.look = {"tie", "fabric", tie, "", 0.5f};
        knot.cloth = [this](Vec3f q) { return a.trunk(q) - 0.009f; };
        knot.keep = [this](Vec3f q) {
            if (q.x < 0) return -1.f;
            const float z = (t.shoulder_z() + 0.016f * h - q.z) / h;
            const float half =
                z < 0.018f ? 0.0105f - 0.2f * std::max(0.f, z) : 0.0068f + 0.075f * (z - 0.018f);
            return std::min({half * h - std::abs(q.y), z * h, (0.20f - z) * h});
        };
        knot.low = {0, -0.03f * h, t.shoulder_z() - 0.20f * h};
        knot.high = {0.15f * h, 0.03f * h, t.shoulder_z() + 0.03f * h};
        knot.step = 0.0040f;
        knot.covers = false;
        knot.thickness = 0.002f;
        t.sew(knot);
    }
    // Round buttons down the front.
    void buttons(const Field& cloth, float from_z, float to_z, int count, float y, Vec3f colour) {
        Surface s;
        for (int i = 0; i < count; ++i) {
            Vec3f p{0.2f * h, y,
                    base::lerp(
                        from_z, to_z,
                        count > 1 ? static_cast<float>(i) / static_cast<float>(count - 1) : 0.f)};
            for (int step = 0; step < 60 && cloth(p) > 0.0005f; ++step)
                p.x -= std::min(0.7f * cloth(p), 0.02f);
            const Vec3f n = base::normalize(field_gradient(cloth, p, 0.004f)),
                        u = base::any_perpendicular(n), v = base::cross(n, u);
            const auto first = static_cast<uint32_t>(s.p.size());
            s.p.push_back(p + n * 0.004f);
            s.n.push_back(n);
            for (int ring = 0; ring < 2; ++ring)
                for (uint32_t k = 0; k < 12; ++k) {
                    const float f = 6.2831853f * static_cast<float>(k) / 12;
                    const Vec3f d = u * std::cos(f) + v * std::sin(f);
                    s.p.push_back(p + d * 0.0062f + n * (ring == 0 ? 0.0036f : 0.f));
                    s.n.push_back(base::normalize(ring == 0 ? n + d * 0.6f : d));
                }
            for (uint32_t k = 0; k < 12; ++k) {
                const uint32_t a1 = first + 1 + k, b1 = first + 1 + (k + 1) % 12;
                s.tri.push_back({first, a1, b1});
                s.tri.push_back({a1, a1 + 12, b1});
                s.tri.push_back({b1, a1 + 12, b1 + 12});
            }
        }
        b.add_soft(s, {"buttons", "plastic", colour, "", 0.3f}, 1);
    }
    // A band about both sleeves, `at` metres from the shoulder.
    void arm_ring(const Field& cloth, float at, float width, const PartLook& look) {
        Tailor::Piece p;
        p.name = look.name;
        p.look = look;
        p.cloth = [cloth](Vec3f q) { return cloth(q) - 0.003f; };
        p.keep = [this, at, width](Vec3f q) {
            const std::optional<float> arm = t.along_arm(q);
            return arm ? 0.5f * width - std::abs(*arm - at) : -1.f;
        };
        p.step = 0.0060f;
        p.low = {-0.12f * h, -0.40f * h, t.hip_z() - 0.10f * h};
        p.high = {0.12f * h, 0.40f * h, t.shoulder_z() + 0.06f * h};
        p.covers = false;
        t.sew(p);
    }
    void socks(float top, Vec3f colour, const char* name = "socks") {
        Legs s;
        s.name = name;
        s.colour = colour;
        s.fit = {0.0030f, 0, 0, 0, 0.0006f};
        s.waist = top;
        s.hem = 0.03f * h;
        s.step = 0.0068f;
        legs(s);
    }
};

}  // namespace

std::string outfit_of(const world::FigureLook& look) {
    if (!look.outfit.empty()) return look.outfit;
    const std::string& role = look.role;
    if (has(role, "basketball")) return "jersey";
    if (has(role, "skater") && !has(role, "board"))
        return look.sex == "male" ? "skating_suit" : "skating_dress";
    if (has(role, "football") || has(role, "soccer") || has(role, "goalkeeper"))
        return "football_kit";
    if (has(role, "astronaut")) return "spacesuit";
    if (has(role, "boxer") && !has(role, "short")) return "boxer";
    if (has(role, "knight") || has(role, "paladin") || has(role, "crusader")) return "armour";
    if (has(role, "chef") || has(role, "cook") || has(role, "baker")) return "chef";
    if (has(role, "business") || has(role, "lawyer") || has(role, "banker") ||
        has(role, "detective") || has(role, "waiter") || has(role, "groom") || has(role, "news"))
        return "suit";
    if (has(role, "runner") || has(role, "athlete") || has(role, "coach") || has(role, "gymnast") ||
        has(role, "trainer"))
        return "tracksuit";
    if (has(role, "bowler") || has(role, "player")) return "tshirt_jeans";
    if (has(role, "scientist") || has(role, "doctor")) return "lab_coat";
    if (has(role, "dancer") || has(role, "queen") || has(role, "bride") || has(role, "ballerina"))
        return look.sex == "male" ? "suit" : "dress";
    if (has(role, "swimmer")) return "swimwear";
    const double draw = world::look_draw(look, "outfit");
    if (look.sex != "male" && draw > 0.72) return "dress";
    if (draw > 0.60 && look.age != "child") return look.age == "old" ? "coat" : "suit";
    return draw < 0.12 ? "tracksuit" : "tshirt_jeans";
}

Field dress(SkinBuilder& builder, const Palette& c, const world::FigureLook& look,
            const std::string& outfit) {
    // The covers look back at the wardrobe: it lives as long as the answer.
    const auto wardrobe = std::make_shared<Wardrobe>(builder, c, look.seed);
    Wardrobe& w = *wardrobe;
    Tailor& t = w.t;
    const float h = w.h, hip = t.hip_z(), arm = t.upper_arm(),
                whole_arm = t.upper_arm() + t.forearm();
    const Vec3f white = base::colour_from_hex(0xf2f0ea);
    const bool woman = look.sex != "male";
    const auto number = [&] {
        return std::to_string(1 + static_cast<int>(world::look_draw(look, "number") * 98));
    };
    if (outfit == "jersey") {
        Wardrobe::Top s;
        s.name = "jersey";
        s.colour = c.top;
        s.trim = c.trim;
        s.pattern = "mesh";
        s.band = 0.013f;
        s.fit = {0.0065f, 0.9f, 0, 0, 0.0040f, 0.010f};
        s.hem = hip - 0.030f * h;
        s.neck = 0.054f;
        s.drop = 0.022f;
        const Field cloth = w.top(s);
        const std::string n = number();
        t.decal(n, cloth, {0, 0, t.shoulder_z() - 0.115f * h}, 0.072f * h, false, c.trim);
        t.decal(n, cloth, {0, 0, t.shoulder_z() - 0.115f * h}, 0.095f * h, true, c.trim);
        Wardrobe::Legs l;
        l.name = "shorts";
        l.colour = c.bottom;
        l.trim = c.trim;
        l.pattern = "mesh";
        l.stripe = 0.016f;
        l.band = 0.014f;
        l.fit = {0.006f, 0, 0, 0.075f, 0.0050f};
        l.waist = hip + 0.055f * h;
        l.hem = 0.300f * h;
        w.legs(l);
        w.socks(0.135f * h, white);
        t.shoes("basketball", c);
    } else if (outfit == "football_kit") {
        Wardrobe::Top s;
        s.name = "shirt";
        s.colour = c.top;
        s.trim = c.trim;
        s.band = 0.014f;
        s.sleeve = 0.80f * arm;
        s.fit = {0.009f, 0.8f, 0.010f, 0, 0.0035f, 0.008f};
        s.hem = hip - 0.015f * h;
        s.neck = 0.049f;
        const Field cloth = w.top(s);
        const std::string n = number();
        t.decal(n, cloth, {0, 0, t.shoulder_z() - 0.11f * h}, 0.10f * h, true, c.trim);
        t.decal(n, cloth, {0, 0.0f, t.shoulder_z() - 0.10f * h}, 0.045f * h, false, c.trim);
        Wardrobe::Legs l;
        l.name = "shorts";
        l.colour = c.trim;
        l.trim = c.top;
        l.stripe = 0.010f;
        l.fit = {0.010f, 0, 0, 0.065f, 0.0040f};
        l.waist = hip + 0.05f * h;
        l.hem = 0.355f * h;
        w.legs(l);
        w.socks(0.262f * h, c.top);
        t.shoes("trainers", c);
    } else if (outfit == "skating_dress") {
        Wardrobe::Top s;
        s.name = "bodice";
        s.colour = c.top;
        s.trim = base::lerp(c.top, white, 0.55f);
        s.band = 0.007f;
        s.roughness = 0.35f;
        s.material = "fabric";
        s.pattern = "satin";
        s.fit = {0.0030f, 0, 0, 0, 0.0003f};
        s.hem = hip - 0.055f * h;
        s.neck = 0.064f;
        s.drop = 0.030f;
        s.sleeve = whole_arm - 0.004f * h;
        s.step = 0.0066f;
        const Field cloth = w.top(s);
        // Sparkles in a fan from the waist.
        Surface stones;
        for (int i = 0; i < 70; ++i) {
            const float f = static_cast<float>(i) / 70, z = hip + (0.06f + 0.20f * f) * h;
            const float y = 0.055f * h * std::sin(2.399963f * static_cast<float>(i)) * (0.35f + f);
            Vec3f p{0.2f * h, y, z};
            for (int step = 0; step < 60 && cloth(p) > 0.0005f; ++step)
                p.x -= std::min(0.7f * cloth(p), 0.02f);
            if (t.neckline(p, s.neck * h, s.drop * h) < 0.012f) continue;
            const Vec3f n = base::normalize(field_gradient(cloth, p, 0.003f)),
                        u = base::any_perpendicular(n), v = base::cross(n, u);
            const auto first = static_cast<uint32_t>(stones.p.size());
            stones.p.push_back(p + n * 0.0024f);
            stones.n.push_back(n);
            for (uint32_t k = 0; k < 6; ++k) {
                const float g = 6.2831853f * static_cast<float>(k) / 6;
                const Vec3f d = u * std::cos(g) + v * std::sin(g);
                stones.p.push_back(p + d * 0.0026f);
                stones.n.push_back(base::normalize(d + n * 0.7f));
                stones.tri.push_back({first, first + 1 + k, first + 1 + (k + 1) % 6});
            }
        }
        builder.add_soft(stones, {"stones", "diamond", white, "", 0.05f, 0.15f}, 0);
        const PartLook cloth_look{"skirt", "fabric", c.top, "satin", 0.4f};
        const PartLook hem{"skirt_hem", "fabric", s.trim, "satin", 0.4f};
        t.skirt(hip + 0.040f * h, 0.150f * h, 0.070f * h, 0.016f * h, 13, cloth_look, hem);
        Wardrobe::Legs l;  // tights
        l.name = "tights";
        l.colour = c.skin * Vec3f{0.86f, 0.78f, 0.74f};
        l.fit = {0.0016f, 0, 0, 0, 0};
        l.waist = hip + 0.02f * h;
        l.hem = 0.09f * h;
        l.roughness = 0.45f;
        w.legs(l);
        t.shoes("skates", c);
    } else if (outfit == "skating_suit") {
        Wardrobe::Top s;
        s.name = "shirt";
        s.colour = c.top;
        s.fit = {0.005f, 0.1f, 0.003f, 0, 0.0016f};
        s.hem = hip - 0.01f * h;
        s.sleeve = whole_arm - 0.01f * h;
        s.neck = 0.046f;
        s.open = 0.028f;
        s.roughness = 0.5f;
        w.top(s);
        Wardrobe::Legs l;
        l.colour = base::colour_from_hex(0x14151a);
        l.fit = {0.0045f, 0, 0, 0.006f, 0.0012f};
        l.waist = hip + 0.06f * h;
        l.hem = 0.055f * h;
        w.legs(l);
        Palette black = c;
        black.shoes = base::colour_from_hex(0x17171a);
        t.shoes("skates", black);
    } else if (outfit == "dress") {
        Wardrobe::Top s;
        s.name = "dress";
        s.colour = c.top;
        s.trim = c.top * 0.8f;
        s.band = 0.006f;
        s.fit = {0.0050f, 0, 0, 0, 0.0008f};
        s.hem = hip + 0.015f * h;
        s.neck = 0.060f;
        s.drop = 0.026f;
        s.sleeve = 0.30f * arm;
        s.roughness = 0.6f;
        w.top(s);
        const PartLook cloth_look{"skirt", "fabric", c.top, "", 0.6f};
        t.skirt(hip + 0.075f * h, 0.330f * h, 0.125f * h, 0.020f * h, 11, cloth_look,
                {"skirt_hem", "fabric", c.top * 0.8f, "", 0.6f});
        t.tube_ring(hip + 0.082f * h, 0.018f * h, 0.0085f, {"belt", "leather", c.shoes, "", 0.35f});
        t.shoes("leather", c);
    } else if (outfit == "suit" || outfit == "lab_coat" || outfit == "coat") {
        const bool coat = outfit != "suit";
        Wardrobe::Top s;
        s.name = coat ? "coat" : "jacket";
        s.colour = outfit == "lab_coat" ? white : c.top;
        s.trim = s.colour * 0.72f;
        s.band = 0.005f;
        s.pattern = coat ? "wool" : "";
        s.roughness = 0.8f;
        s.fit = {coat ? 0.016f : 0.013f,
                 coat ? 0.75f : 0.45f,
                 0.007f,
                 coat ? 0.03f : 0.0f,
                 0.0024f,
                 0.008f};
        s.hem = coat ? hip - 0.18f * h : hip - 0.055f * h;
        s.sleeve = whole_arm - 0.006f * h;
        s.neck = 0.050f;
        s.drop = 0.006f;
        s.open = 0.034f;
        const Field cloth = w.top(s);
        w.buttons(cloth, t.shoulder_z() - 0.145f * h, coat ? hip : t.shoulder_z() - 0.205f * h,
                  coat ? 4 : 2, 0.006f * h, s.colour * 0.4f + Vec3f{0.01f, 0.01f, 0.01f});
        const Vec3f tie = woman || coat
                              ? Vec3f{-1, 0, 0}
                              : base::colour_from_hex(look.seed % 2 == 0 ? 0x7a1f2b : 0x1f3d6b);
        w.shirt_front(outfit == "coat" ? base::colour_from_hex(0xd9d2c4) : white, tie);
        Wardrobe::Legs l;
        l.colour = outfit == "suit" ? c.bottom : base::colour_from_hex(0x2d3138);
        l.fit = {0.009f, 0, 0, 0.014f, 0.0022f};
        l.waist = hip + 0.075f * h;
        l.hem = 0.030f * h;
        l.roughness = 0.8f;
        w.legs(l);
        t.shoes("leather", c);
    } else if (outfit == "chef") {
        Wardrobe::Top s;
        s.name = "jacket";
        s.colour = white;
        s.trim = white * 0.85f;
        s.band = 0.008f;
        s.fit = {0.012f, 0.7f, 0.010f, 0, 0.0028f, 0.006f};
        s.hem = hip - 0.05f * h;
        s.sleeve = whole_arm - 0.02f * h;
        s.neck = 0.040f;
        s.drop = 0;
        const Field cloth = w.top(s);
        for (const float y : {-0.032f, 0.032f})
            w.buttons(cloth, t.shoulder_z() - 0.05f * h, hip + 0.05f * h, 5, y * h,
                      base::colour_from_hex(0x2a2a2c));
        Wardrobe::Legs l;
        l.colour = c.bottom;
        l.pattern = "check";
        l.fit = {0.011f, 0, 0, 0.018f, 0.003f};
        l.waist = hip + 0.06f * h;
        l.hem = 0.030f * h;
        w.legs(l);
        t.shoes("leather", c);
    } else if (outfit == "spacesuit") {
        Wardrobe::Top s;
        s.name = "suit";
        s.colour = c.top;
        s.fit = {0.030f, 0.40f, 0.010f, 0, 0.0050f};
        s.hem = hip + 0.03f * h;
        s.sleeve = whole_arm - 0.012f * h;
        s.neck = 0.040f;
        s.drop = 0;
        s.roughness = 0.85f;
        const Field cloth = w.top(s);
        // Stripes and cuffs, by which one is told from the other.
        w.arm_ring(cloth, 0.55f * arm, 0.016f * h, {"stripe", "fabric", c.trim, "", 0.8f});
        w.arm_ring(cloth, whole_arm - 0.020f * h, 0.012f * h,
                   {"cuff", "aluminium", base::colour_from_hex(0xb8bdc4), "", 0.35f});
        Wardrobe::Legs l;
        l.colour = c.bottom;
        l.fit = {0.027f, 0, 0, 0.010f, 0.0045f};
        l.waist = hip + 0.06f * h;
        l.hem = 0.048f * h;
        l.roughness = 0.85f;
        w.legs(l);
        t.tube_ring(hip + 0.050f * h, 0.026f * h, 0.044f,
                    {"belt", "fabric", base::colour_from_hex(0xb4b8ba), "", 0.8f});
        t.shoes("boots", c);
    } else if (outfit == "armour") {
        const Vec3f steel{1, 1, 1};
        Wardrobe::Top s;
        s.name = "mail";
        s.material = "steel";
        s.colour = steel;
        s.roughness = 0.5f;
        s.fit = {0.008f, 0, 0.004f, 0, 0.0006f};
        s.hem = hip + 0.074f * h;  // under the belt: the skirt lies close
        s.sleeve = whole_arm - 0.004f * h;
        s.neck = 0.036f;
        s.drop = 0;
        w.top(s);
        Wardrobe::Legs l;
        l.name = "greaves";
        l.material = "steel";
        l.colour = steel;
        l.roughness = 0.45f;
        l.fit = {0.009f, 0, 0, 0.006f, 0.0004f};
        l.waist = hip - 0.06f * h;
        l.hem = 0.045f * h;
        w.legs(l);
        // A surcoat of the knight's colour over it, belted.
        Wardrobe::Top coat;
        coat.name = "surcoat";
        coat.colour = c.top;
        coat.trim = c.trim;
        coat.band = 0.010f;
        coat.fit = {0.017f, 0.30f, 0, 0, 0.0020f, 0.006f};
        coat.hem = hip + 0.065f * h;
        coat.neck = 0.050f;
        coat.drop = 0.010f;
        w.top(coat);
        t.skirt(hip + 0.082f * h, 0.255f * h, 0.030f * h, 0.006f * h, 9,
                {"surcoat_skirt", "fabric", c.top, "", 0.75f},
                {"surcoat_hem", "fabric", c.trim, "", 0.75f});
        t.tube_ring(hip + 0.078f * h, 0.022f * h, 0.027f,
                    {"belt", "leather", base::colour_from_hex(0x3a2416), "", 0.4f});
        t.shoes("leather", c);
    } else if (outfit == "tracksuit") {
        Wardrobe::Top s;
        s.name = "jacket";
        s.colour = c.top;
        s.trim = c.trim;
        s.band = 0.020f;
        s.fit = {0.012f, 0.5f, 0.008f, 0, 0.0032f, 0.006f};
        s.hem = hip - 0.010f * h;
        s.sleeve = whole_arm - 0.006f * h;
        s.neck = 0.041f;
        s.drop = 0.004f;
        w.top(s);
        Wardrobe::Legs l;
        l.colour = c.bottom;
        l.trim = c.trim;
        l.stripe = 0.013f;
        l.fit = {0.010f, 0, 0, 0.016f, 0.0032f};
        l.waist = hip + 0.05f * h;
        l.hem = 0.045f * h;
        w.legs(l);
        t.shoes("trainers", c);
    } else if (outfit == "boxer") {
        Wardrobe::Legs l;
        l.name = "shorts";
        l.colour = c.top;
        l.trim = c.trim;
        l.pattern = "satin";
        l.stripe = 0.018f;
        l.band = 0.014f;
        l.roughness = 0.45f;
        l.fit = {0.008f, 0, 0, 0.050f, 0.0045f};
        l.waist = hip + 0.085f * h;
        l.hem = 0.330f * h;
        w.legs(l);
        t.tube_ring(hip + 0.080f * h, 0.030f * h, 0.011f,
                    {"waistband", "fabric", c.trim, "", 0.6f});
        if (woman) {
            Wardrobe::Top s;
            s.name = "top";
            s.colour = c.top;
            s.trim = c.trim;
            s.band = 0.008f;
            s.fit = {0.0045f, 0, 0, 0, 0.0006f};
            s.hem = t.shoulder_z() - 0.150f * h;
            s.neck = 0.064f;
            s.drop = 0.024f;
            w.top(s);
        }
        w.socks(0.110f * h, white);
        t.shoes("basketball", c);
    } else if (outfit == "swimwear") {
        Wardrobe::Legs l;
        l.name = "trunks";
        l.colour = c.top;
        l.fit = {0.004f, 0, 0, 0, 0.0004f};
        l.waist = hip + 0.045f * h;
        l.hem = woman ? hip - 0.035f * h : hip - 0.09f * h;
        w.legs(l);
        if (woman) {
            Wardrobe::Top s;
            s.name = "swimsuit";
            s.colour = c.top;
            s.fit = {0.0035f, 0, 0, 0, 0};
            s.hem = hip + 0.01f * h;
            s.neck = 0.068f;
            s.drop = 0.030f;
            w.top(s);
        }
    } else {  // t-shirt and jeans
        Wardrobe::Top s;
        s.name = "tshirt";
        s.colour = c.top;
        s.trim = c.top * 0.86f;
        s.band = 0.013f;
        s.sleeve = (woman ? 0.52f : 0.66f) * arm;
        s.fit = {0.008f, woman ? 0.35f : 0.75f, 0.010f, 0, 0.0036f, 0.008f};
        s.hem = hip - 0.018f * h;
        s.neck = woman ? 0.052f : 0.047f;
        s.drop = woman ? 0.018f : 0.012f;
        w.top(s);
        Wardrobe::Legs l;
        l.name = "jeans";
        l.colour = c.bottom;
        l.pattern = "denim";
        l.fit = {0.0065f, 0, 0, woman ? 0.004f : 0.012f, 0.0028f};
        l.waist = hip + 0.045f * h;
        l.hem = 0.036f * h;
        l.roughness = 0.9f;
        w.legs(l);
        t.tube_ring(hip + 0.040f * h, 0.020f * h, 0.0105f,
                    {"belt", "leather", base::colour_from_hex(0x3a2416), "", 0.45f});
        t.shoes("trainers", c);
    }
    return [wardrobe, cover = t.cover()](Vec3f p) { return cover(p); };
}

}  // namespace render
