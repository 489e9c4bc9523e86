// What shows when the lips part: teeth, tongue and the dark behind them.
#include <cmath>

#include "render/figure/face.h"
#include "world/figure/joints.h"

namespace render {

void add_mouth(SkinBuilder& builder) {
    const Anatomy& a = builder.anatomy();
    const float u = a.head_scale;
    const float front = a.mouth.front_x - 0.0125f, z0 = a.mouth.z;
    // A horseshoe of teeth: height scallops at the edge, each tooth a little round.
    const auto row = [&](float low, float high, float depth, int joint, const char* name) {
        Surface s;
        constexpr uint32_t kAlong = 60, kUp = 4;
        for (uint32_t i = 0; i <= kAlong; ++i) {
            const float t = static_cast<float>(i) / kAlong * 2 - 1;  // -1 .. 1
            const float angle = t * 1.25f;
            const float tooth = std::fabs(std::sin(t * 5.5f * 3.14159f));  // 0 at the gaps
            const float bulge = 0.0007f * std::sqrt(tooth);
            const float rx = 0.030f - depth, ry = 0.0225f - depth * 0.6f;
            for (uint32_t k = 0; k <= kUp; ++k) {
                const float v = static_cast<float>(k) / kUp;
                const float edge = std::abs(low) > std::abs(high) ? 0.f : 1.f;  // the biting edge
                const float bite = edge > 0 ? v : 1 - v;
                const float z = base::lerp(low, high, v) - (joint == world::kHead ? -1 : 1) *
                                                               0.0008f * (1 - tooth) * bite * bite;
                const Vec3f q{front - rx + (rx + bulge) * std::cos(angle),
                              (ry + bulge) * std::sin(angle), z0 + z};
                s.p.push_back(a.from_head(q));
                s.n.push_back(base::normalize(
                    Vec3f{std::cos(angle),
                          std::sin(angle) + 0.25f * std::cos(t * 5.5f * 3.14159f) *
                                                (std::sin(t * 5.5f * 3.14159f) > 0 ? -1.f : 1.f),
                          0.1f}));
                const float shade =
                    (0.55f + 0.45f * std::cos(angle)) * (0.80f + 0.20f * std::sqrt(tooth));
                s.tint.push_back(Vec3f{1, 1, 1} * shade);
            }
        }
        for (uint32_t i = 0; i < kAlong; ++i)
            for (uint32_t k = 0; k < kUp; ++k) {
                const uint32_t p = i * (kUp + 1) + k, q = p + kUp + 1;
                s.tri.push_back({p, q, p + 1});
                s.tri.push_back({q, q + 1, p + 1});
            }
        builder.add_rigid(s, {name, "ceramic", base::colour_from_hex(0xf0e9dc), "", 0.25f}, joint);
    };
    row(0.0020f, 0.0115f, 0.0f, world::kHead, "teeth_upper");
    row(-0.0105f, -0.0010f, 0.0022f, world::kJaw, "teeth_lower");

    const auto blob = [&](Vec3f centre, Vec3f radii, bool inward, int joint, const PartLook& look) {
        Surface s;
        constexpr uint32_t kU = 20, kV = 12;
        for (uint32_t j = 0; j <= kV; ++j)
            for (uint32_t i = 0; i < kU; ++i) {
                const float t = 3.14159265f * static_cast<float>(j) / kV,
                            p = 6.2831853f * static_cast<float>(i) / kU;
                const Vec3f d{std::sin(t) * std::cos(p), std::sin(t) * std::sin(p), std::cos(t)};
                s.p.push_back(a.from_head(centre + d * radii));
                s.n.push_back(inward ? -d : d);
            }
        for (uint32_t j = 0; j < kV; ++j)
            for (uint32_t i = 0; i < kU; ++i) {
                const uint32_t p = j * kU + i, q = j * kU + (i + 1) % kU;
                if (inward) {
                    s.tri.push_back({p, q, p + kU});
                    s.tri.push_back({q, q + kU, p + kU});
                } else {
                    s.tri.push_back({p, p + kU, q});
                    s.tri.push_back({q, p + kU, q + kU});
                }
            }
        builder.add_rigid(s, look, joint);
    };
    blob({front - 0.019f, 0, z0 - 0.0075f}, {0.0165f, 0.0125f, 0.0048f}, false, world::kJaw,
         {"tongue", "skin", {0.42f, 0.13f, 0.12f}, "", 0.4f});
    // The back of the mouth swallows light; lower half below the jaw stays hidden in the head.
    blob({front - 0.030f, 0, z0 - 0.002f}, {0.0285f, 0.0270f, 0.020f}, true, world::kHead,
         {"mouth", "skin", {0.035f, 0.010f, 0.010f}, "", 1.0f});
    (void)u;
}

}  // namespace render
