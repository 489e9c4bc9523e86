#include "render/figure/equipment.h"

#include <cmath>

#include "world/figure/joints.h"

namespace render {
namespace {

using world::Side;

Vec3f hex(unsigned colour) { return base::colour_from_hex(colour); }

// Distance to a box with rounded edges (Quilez 2008, "Distance functions").
Field rounded_box(Vec3f centre, Vec3f half, float round) {
    return [=](Vec3f p) {
        const Vec3f q{std::abs(p.x - centre.x) - half.x + round,
                      std::abs(p.y - centre.y) - half.y + round,
                      std::abs(p.z - centre.z) - half.z + round};
        const Vec3f out{std::max(q.x, 0.f), std::max(q.y, 0.f), std::max(q.z, 0.f)};
        return base::length(out) + std::min(std::max({q.x, q.y, q.z}), 0.f) - round;
    };
}
Field ring(Vec3f centre, float radius, float thickness) {
    return [=](Vec3f p) {
        const Vec3f q = p - centre;
        return std::hypot(std::hypot(q.x, q.y) - radius, q.z) - thickness;
    };
}
Surface mesh_about(const Field& field, Vec3f centre, Vec3f half, float step) {
    const auto even = [step](float) { return step; };
    const float room = 2 * step;
    return mesh_field(field, grid_axis(centre.x - half.x - room, centre.x + half.x + room, even),
                      grid_axis(centre.y - half.y - room, centre.y + half.y + room, even),
                      grid_axis(centre.z - half.z - room, centre.z + half.z + room, even), 2);
}

class Equipment {
public:
    explicit Equipment(SkinBuilder& builder)
        : b_(builder), a_(builder.anatomy()), h_(static_cast<float>(a_.body.size.height)) {}

    // A sphere with a visor of gold, on a ring; a life support pack and its controls.
    void space_helmet() {
        const Vec3f centre = head({0.012f, 0, 0.030f});
        const float radius = 0.162f * a_.head_scale, step = 0.0065f * h_;
        // > 0 on the visor: a rounded rectangle of angles in front.
        const Field visor = [=](Vec3f p) {
            const Vec3f q = p - centre;
            if (q.x <= 0) return -1.f;
            const float around = std::atan2(q.y, q.x) / 1.12f,
                        up = (std::atan2(q.z, std::hypot(q.x, q.y)) - 0.04f) / 0.66f;
            return 1 - around * around * around * around - up * up * up * up;
        };
        const auto ball = [&](float r) {
            const Field field = [=](Vec3f p) { return base::length(p - centre) - r; };
            return mesh_about(field, centre, {r, r, r}, step);
        };
        b_.add_rigid(clip(ball(radius), [&](Vec3f p) { return -visor(p); }),
                     {"helmet", "plastic", hex(0xf1f1ee), "", 0.35f}, world::kHead);
        b_.add_rigid(clip(ball(radius * 1.01f), visor), {"visor", "gold", hex(0xc99a3a), "", 0.08f},
                     world::kHead);
        b_.add_rigid(
            clip(ball(radius * 1.045f), [&](Vec3f p) { return 0.30f - std::abs(visor(p)); }),
            {"visor_rim", "plastic", hex(0xb9bec4), "", 0.4f}, world::kHead);
        const Vec3f collar{centre.x - 0.012f * h_, 0, centre.z - 0.86f * radius};
        const float collar_radius = 0.074f * h_, thick = 0.0125f * h_;
        b_.add_rigid(
            mesh_about(ring(collar, collar_radius, thick), collar,
                       {collar_radius + thick, collar_radius + thick, thick}, 0.0055f * h_),
            {"collar", "aluminium", hex(0xb8bdc4), "", 0.35f}, world::kSpine3);
    }
    void life_support() {
        const float top = shoulder_z() + 0.02f * h_, low = hip_z() + 0.07f * h_;
        const PartLook white{"pack", "fabric", hex(0xe9e9e4), "", 0.8f};
        box({-0.128f * h_, 0, 0.5f * (top + low)}, {0.045f * h_, 0.115f * h_, 0.5f * (top - low)},
            0.022f * h_, white);
        box({-0.125f * h_, 0, top + 0.022f * h_}, {0.038f * h_, 0.095f * h_, 0.022f * h_},
            0.010f * h_, {"pack_top", "fabric", hex(0xd7d8d4), "", 0.8f});
        const Vec3f controls{0.088f * h_, 0, shoulder_z() - 0.115f * h_};
        box(controls, {0.026f * h_, 0.050f * h_, 0.033f * h_}, 0.008f * h_,
            {"controls", "plastic", hex(0xaeb4ba), "", 0.45f});
        constexpr unsigned kKnobs[3] = {0xc8342b, 0x2f6fb5, 0xe0a92a};
        for (int i = 0; i < 3; ++i) {
            const Vec3f knob = controls + Vec3f{0.026f * h_, 0.026f * h_ * (i - 1), 0.010f * h_};
            box(knob, {0.008f * h_, 0.008f * h_, 0.008f * h_}, 0.006f * h_,
                {"knob_" + std::to_string(i), "plastic", hex(kKnobs[i]), "", 0.3f});
        }
    }

    // A barrel helm with a slit for the eyes, crossed with brass.
    void great_helm() {
        const float s = a_.head_scale, step = 0.0050f * h_;
        const Field helm = [this, s](Vec3f p) {
            const Vec3f q = a_.to_head(p);
            // Wider above than at the chin, round on top, an edge in front.
            const float wide = 0.118f + 0.05f * std::clamp(q.z, -0.12f, 0.06f);
            const float side = std::hypot((q.x - 0.012f) * 0.92f, q.y) - wide;
            const float lid =
                base::length(Vec3f{q.x - 0.012f, q.y, (q.z - 0.060f) * 1.45f}) - 0.121f;
            return s * std::max(q.z > 0.060f ? lid : side, -0.135f - q.z);
        };
        Surface whole =
            mesh_about(helm, head({0.012f, 0, 0.01f}), Vec3f{0.14f, 0.13f, 0.17f} * s, step);
        whole = clip(whole, [this](Vec3f p) { return a_.to_head(p).z + 0.128f; });
        const Field slit = [this](Vec3f p) {
            const Vec3f q = a_.to_head(p);
            if (q.x < 0.02f) return -1.f;
            return std::min(0.0085f - std::abs(q.z - 0.043f), std::abs(q.y) - 0.008f);
        };
        const Field cross = [this](Vec3f p) {
            const Vec3f q = a_.to_head(p);
            if (q.x < 0.015f) return -1.f;
            const float across = 0.017f - std::abs(q.z - 0.043f), down = 0.011f - std::abs(q.y);
            return std::max(across, down);
        };
        b_.add_rigid(clip(clip(whole, [&](Vec3f p) { return -slit(p); }),
                          [&](Vec3f p) { return -cross(p); }),
                     {"helm", "steel", {1, 1, 1}, "", 0.42f}, world::kHead);
        b_.add_rigid(clip(clip(whole, [&](Vec3f p) { return -slit(p); }), cross),
                     {"helm_cross", "brass", {1, 1, 1}, "", 0.3f}, world::kHead);
        b_.add_rigid(clip(whole, slit), {"helm_slit", "rubber", hex(0x050505), "", 0.9f},
                     world::kHead);
    }
    void pauldrons() {
        for (const Side side : world::kSides) {
            const int joint = world::arm_joint(side, world::kUpperArm);
            const auto y = static_cast<float>(world::side_sign(side));
            const Vec3f centre = a_.rest(joint) + Vec3f{0, y * 0.006f * h_, 0.004f * h_};
            const Vec3f half = Vec3f{0.050f, 0.046f, 0.046f} * h_;
            const Field shell = [=](Vec3f p) {
                const Vec3f q = p - centre;
                return base::length(Vec3f{q.x / half.x, q.y / half.y, q.z / half.z}) * half.z -
                       half.z;
            };
            // Open below, where the arm comes out.
            b_.add_rigid(clip(mesh_about(shell, centre, half, 0.0045f * h_),
                              [=, this](Vec3f p) { return p.z - centre.z + 0.018f * h_; }),
                         {"pauldron", "steel", {1, 1, 1}, "", 0.42f}, joint);
        }
    }

private:
    Vec3f head(Vec3f p) const { return a_.from_head(p); }
    float hip_z() const { return a_.rest(world::kPelvis).z; }
    float shoulder_z() const { return a_.rest(world::arm_joint(Side::Left, world::kUpperArm)).z; }
    void box(Vec3f centre, Vec3f half, float round, const PartLook& look) {
        const float step = std::min({0.0075f * h_, 0.4f * half.x, 0.4f * half.z});
        b_.add_rigid(mesh_about(rounded_box(centre, half, round), centre, half, step), look,
                     world::kSpine3);
    }

    SkinBuilder& b_;
    const Anatomy& a_;
    float h_;
};

}  // namespace

bool hides_head(const std::string& outfit) { return outfit == "spacesuit" || outfit == "armour"; }

Glove gloves_of(const std::string& outfit) {
    if (outfit == "spacesuit") return {{"glove", "rubber", hex(0xdcdcd6), "", 0.7f}, 0.0030f};
    if (outfit == "boxer") return {{"boxing_glove", "leather", hex(0xb51f1c), "", 0.35f}, 0.0130f};
    if (outfit == "armour") return {{"gauntlet", "steel", {1, 1, 1}, "", 0.32f}, 0.0030f};
    return {};
}

void equip(SkinBuilder& builder, const std::string& outfit) {
    Equipment e(builder);
    if (outfit == "spacesuit") {
        e.space_helmet();
        e.life_support();
    } else if (outfit == "armour") {
        e.great_helm();
        e.pauldrons();
    }
}

}  // namespace render
