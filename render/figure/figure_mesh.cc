#include "render/figure/figure_mesh.h"

#include "render/figure/equipment.h"
#include "render/figure/face.h"
#include "render/figure/garments.h"
#include "render/figure/hair.h"
#include "render/figure/palette.h"
#include "render/figure/skin_builder.h"
#include "world/figure/joints.h"

namespace render {
namespace {

Surface body_surface(const Anatomy& a) {
    const auto h = static_cast<float>(a.body.size.height);
    const float cut = a.head_at.z + kNeckCut * a.head_scale;
    const auto even = [&](float step) { return [=](float) { return step * h; }; };
    const Field field = [&](Vec3f p) {
        float d = a.skin(p);
        // The root of the hand swells the wrist: the two meshes meet on one surface.
        for (const world::Side side : world::kSides) {
            const Vec3f q = a.rest_frame(world::arm_joint(side, world::kHand)).apply_inverse(p);
            if (base::length_squared(q) < 0.0036f * h * h)
                d = smooth_min(d, a.hand[static_cast<int>(side)](q), 0.012f);
        }
        return d;
    };
    const auto xs = grid_axis(-0.16f * h, 0.16f * h, even(0.0070f));
    const auto ys = grid_axis(-0.36f * h, 0.36f * h, even(0.0070f));
    const auto zs = grid_axis(-0.01f * h, cut + 0.02f * h,
                              [&](float z) { return (z < 0.05f * h ? 0.0042f : 0.0078f) * h; });
    Surface s = mesh_field(field, xs, ys, zs, 2);
    s = clip(s, [&](Vec3f p) { return cut + 0.002f - p.z; });
    // Hands are meshed apart: cut at the wrists.
    return clip(s, [&](Vec3f p) {
        float keep = 1;
        for (const world::Side side : world::kSides) {
            const auto frame = a.rest_frame(world::arm_joint(side, world::kHand));
            const Vec3f q = frame.apply_inverse(p);
            if (std::abs(q.x) < 0.09f * h && std::abs(q.y) < 0.09f * h)
                keep = std::min(keep, q.z - 0.012f * h);
        }
        return keep;
    });
}

// `glove`: what covers the skin, if it has a name.
void add_hands(SkinBuilder& builder, const Palette& palette, const Glove& glove) {
    const Anatomy& a = builder.anatomy();
    const auto h = static_cast<float>(a.body.size.height);
    for (const world::Side side : world::kSides) {
        const auto frame = a.rest_frame(world::arm_joint(side, world::kHand));
        const Sculpt& hand = a.hand[static_cast<int>(side)];
        const float thick = glove.thickness * h;
        const Field field = [&](Vec3f q) {
            return smooth_min(hand(q), q.z > -0.03f * h ? a.trunk(frame.apply(q)) : 1.f, 0.012f) -
                   thick;
        };
        const float step = 0.00200f * h;
        const auto even = [&](float) { return step; };
        Surface s = mesh_field(
            field, grid_axis(-0.035f * h, 0.060f * h, even),
            grid_axis(-0.045f * h, 0.045f * h, even),
            grid_axis(-0.115f * h, 0.020f * h,
                      [&](float z) { return z > -0.035f * h ? step * 1.5f : step * 1.1f; }),
            2);
        s = clip(s, [&](Vec3f q) { return 0.0135f * h - q.z; });
        s.tint.assign(s.p.size(), {1, 1, 1});
        for (size_t i = 0; i < s.p.size(); ++i) {
            const float tip = smooth_step(-0.075f * h, -0.105f * h, s.p[i].z);
            s.tint[i] = base::lerp(Vec3f{1, 1, 1}, Vec3f{1.02f, 0.86f, 0.84f}, 0.6f * tip);
            s.p[i] = frame.apply(s.p[i]);
            s.n[i] = frame.rotation.rotate(s.n[i]);
        }
        const std::string which = side == world::Side::Left ? "_l" : "_r";
        if (!glove.look.name.empty()) {
            PartLook look = glove.look;
            look.name += which;
            s.tint.clear();
            builder.add_soft(s, look, 2);
            continue;
        }
        builder.add_soft(s, {"hand" + which, "skin", palette.skin}, 2);
        // Nails: small curved plates on the backs of the last bones.
        Surface nails;
        std::vector<VertexWeights> weights;
        for (int finger = 0; finger < 5; ++finger) {
            const int joint = world::arm_joint(side, world::kThumb1 + 3 * finger + 2);
            const auto bone = a.rest_frame(joint);
            const auto out = static_cast<float>(world::side_sign(side));
            constexpr float kTip[5] = {0.14f, 0.11f, 0.115f, 0.115f, 0.100f};
            constexpr float kWide[5] = {1.16f, 1.0f, 1.02f, 0.96f, 0.82f};
            const auto len = static_cast<float>(a.body.size.hand);
            const auto first = static_cast<uint32_t>(nails.p.size());
            constexpr uint32_t kN = 6;
            for (uint32_t i = 0; i <= kN; ++i)
                for (uint32_t k = 0; k <= kN; ++k) {
                    const float u = static_cast<float>(i) / kN * 2 - 1,
                                v = static_cast<float>(k) / kN;
                    const float round = 1 - 0.35f * std::pow(std::abs(v * 2 - 1), 4.f);
                    const Vec3f start = bone.apply(
                        Vec3f{u * 0.026f * len * kWide[finger] * round, out * 0.06f * len,
                              -kTip[finger] * len * base::lerp(0.55f, 1.02f, v)});
                    Vec3f q = frame.apply_inverse(start);
                    const Vec3f inward =
                        frame.rotation.conjugate().rotate(bone.rotation.rotate({0, -out, 0}));
                    for (int step_count = 0; step_count < 24; ++step_count) {
                        const float d = field(q);
                        if (d < 1e-4f) break;
                        q += inward * (d * 0.8f);
                    }
                    const bool edge = i == 0 || k == 0 || i == kN;
                    q = q - inward * (edge ? -0.0002f : 0.0005f);
                    nails.p.push_back(frame.apply(q));
                    nails.n.push_back(
                        bone.rotation.rotate(base::normalize(Vec3f{u * 0.6f, out, 0})));
                    nails.tint.push_back(v > 0.86f ? Vec3f{1.25f, 1.3f, 1.3f} : Vec3f{1, 1, 1});
                    weights.push_back(VertexWeights::only(joint));
                }
            for (uint32_t i = 0; i < kN; ++i)
                for (uint32_t k = 0; k < kN; ++k) {
                    const uint32_t p = first + i * (kN + 1) + k, q = p + kN + 1;
                    if (out < 0) {
                        nails.tri.push_back({p, p + 1, q});
                        nails.tri.push_back({q, p + 1, q + 1});
                    } else {
                        nails.tri.push_back({p, q, p + 1});
                        nails.tri.push_back({q, q + 1, p + 1});
                    }
                }
        }
        builder.add(
            nails,
            {side == world::Side::Left ? "nails_l" : "nails_r", "resin", palette.nails, "", 0.3f},
            weights);
    }
}

}  // namespace

std::unique_ptr<FigureSkin> build_skin(const world::FigureModel& figure) {
    const Anatomy anatomy = Anatomy::of(figure);
    const std::string outfit = outfit_of(figure.look);
    const Palette palette = palette_of(figure.look, outfit);
    SkinBuilder builder(anatomy);
    const Field cover = dress(builder, palette, figure.look, outfit);
    // Skin more than 3 cm under cloth is never seen and would only poke through.
    Surface body = body_surface(anatomy);
    body = clip(body, [&](Vec3f p) { return 0.030f - cover(p); });
    builder.add_soft(body, {"body", "skin", palette.skin});
    add_hands(builder, palette, gloves_of(outfit));
    if (!hides_head(outfit)) {
        add_head(builder, palette, figure.look);
        add_eyes(builder, palette);
        add_brows(builder, palette, figure.look);
        add_mouth(builder);
        add_hair(builder, palette, figure.look);
    }
    equip(builder, outfit);
    std::unique_ptr<FigureSkin> skin = builder.finish();
    if (!figure.look.material.empty()) {
        // A statue: one matter all over, eyes and all; a shade of the parts stays readable.
        for (FigurePart& part : skin->parts) {
            part.material = figure.look.material;
            part.colour = {1, 1, 1};
            part.pattern.clear();
            part.roughness = -1;
            part.emission = 0;
        }
        skin->tints.assign(skin->tints.size(), {1, 1, 1});
    }
    return skin;
}

}  // namespace render
