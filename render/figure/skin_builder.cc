#include "render/figure/skin_builder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <unordered_map>

#include "base/core/check.h"
#include "render/figure/face.h"
#include "world/figure/joints.h"

namespace render {
namespace {

using world::Side;

// Keeps the four largest and makes them sum to one.
VertexWeights strongest(std::span<std::pair<float, int>> all) {
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    VertexWeights w;
    float sum = 0;
    for (size_t i = 0; i < std::min<size_t>(4, all.size()); ++i) sum += all[i].first;
    for (size_t i = 0; i < std::min<size_t>(4, all.size()); ++i) {
        w.joint[i] = static_cast<uint16_t>(all[i].second);
        w.weight[i] = all[i].first / sum;
    }
    return w;
}

}  // namespace

BoneWeights::BoneWeights(const Anatomy& a) {
    const auto h = static_cast<float>(a.body.size.height);
    neck_z_ = a.head_at.z + kNeckCut * a.head_scale;
    seam_ = 0.013f * h;
    wrist_cut_ = 0.0125f * h;
    for (const Side side : world::kSides)
        wrist_[static_cast<int>(side)] = a.rest_frame(world::arm_joint(side, world::kHand));
    const auto bone = [&](int joint, Vec3f from, Vec3f to, float radius) {
        const float r = radius * h;
        bones_.push_back({joint, from, to, 1 / base::length_squared(to - from), 1 / (r * r)});
    };
    const auto at = [&](int joint) { return a.rest(joint); };
    const Vec3f pelvis = at(world::kPelvis);
    bone(world::kPelvis, pelvis + Vec3f{0, 0.03f * h, -0.035f * h},
         pelvis + Vec3f{0, -0.03f * h, -0.035f * h}, 0.075f);
    bone(world::kPelvis, pelvis + Vec3f{0, 0, -0.03f * h}, at(world::kSpine1), 0.075f);
    bone(world::kSpine1, at(world::kSpine1), at(world::kSpine2), 0.075f);
    bone(world::kSpine2, at(world::kSpine2), at(world::kSpine3), 0.075f);
    bone(world::kSpine3, at(world::kSpine3), at(world::kNeck) - Vec3f{0, 0, 0.02f * h}, 0.080f);
    bone(world::kNeck, at(world::kNeck), at(world::kHead), 0.034f);
    bone(world::kHead, at(world::kHead), at(world::kHead) + Vec3f{0.01f, 0, 0.06f} * h, 0.050f);
    for (const Side side : world::kSides) {
        const auto arm = [&](int part) { return world::arm_joint(side, part); };
        const auto leg = [&](int part) { return world::leg_joint(side, part); };
        const auto y = static_cast<float>(world::side_sign(side));
        const Vec3f shoulder = at(arm(world::kUpperArm)), elbow = at(arm(world::kForearm)),
                    wrist = at(arm(world::kHand));
        bone(world::kSpine3, at(world::kSpine3) + Vec3f{0, y * 0.05f * h, 0.0f},
             at(world::kSpine3) + Vec3f{0, y * 0.055f * h, -0.06f * h}, 0.055f);
        bone(arm(world::kClavicle), at(arm(world::kClavicle)) + Vec3f{-0.01f * h, y * 0.03f * h, 0},
             shoulder + Vec3f{0, -y * 0.016f * h, 0.004f * h}, 0.034f);
        bone(arm(world::kUpperArmTwist), base::lerp(shoulder, elbow, 0.05f),
             base::lerp(shoulder, elbow, 0.45f), 0.031f);
        bone(arm(world::kUpperArm), base::lerp(shoulder, elbow, 0.50f), elbow, 0.027f);
        bone(arm(world::kForearm), elbow, base::lerp(elbow, wrist, 0.45f), 0.026f);
        bone(arm(world::kForearmTwist), base::lerp(elbow, wrist, 0.50f),
             base::lerp(elbow, wrist, 0.92f), 0.021f);
        bone(arm(world::kHand), wrist, base::lerp(wrist, at(arm(world::kMiddle1)), 0.9f), 0.019f);
        bone(arm(world::kHand), base::lerp(wrist, at(arm(world::kIndex1)), 0.5f),
             base::lerp(wrist, at(arm(world::kIndex1)), 0.9f), 0.012f);
        bone(arm(world::kHand), base::lerp(wrist, at(arm(world::kLittle1)), 0.5f),
             base::lerp(wrist, at(arm(world::kLittle1)), 0.9f), 0.012f);
        for (int finger = 0; finger < 5; ++finger) {
            for (int part = 0; part < 3; ++part) {
                const int joint = arm(world::kThumb1 + 3 * finger + part);
                const Vec3f from = at(joint);
                const Vec3f to =
                    part < 2 ? at(joint + 1)
                             : from + a.rest_frame(joint).rotation.rotate({0, 0, -0.012f * h});
                bone(joint, from, to, finger == 0 && part == 0 ? 0.0105f : 0.0052f);
            }
        }
        const Vec3f hip = at(leg(world::kThigh)), knee = at(leg(world::kShin)),
                    ankle = at(leg(world::kFoot)), toe = at(leg(world::kToe));
        bone(leg(world::kThigh), base::lerp(hip, knee, 0.12f), knee, 0.048f);
        bone(leg(world::kShin), knee, ankle, 0.031f);
        bone(leg(world::kFoot), ankle, toe - Vec3f{0.005f * h, 0, 0}, 0.024f);
        bone(leg(world::kFoot), Vec3f{ankle.x - 0.012f * h, ankle.y, 0.02f * h},
             toe - Vec3f{0.01f * h, 0, 0}, 0.022f);
        bone(leg(world::kToe), toe, toe + Vec3f{0.045f * h, 0, 0}, 0.018f);
    }
}

VertexWeights BoneWeights::at(Vec3f p) const {
    // The best score of each joint's bones. A skin asks a hundred thousand times: no memory is
    // asked for here.
    std::array<float, world::kFigureJointCount> scores{};
    float best = 0;
    for (const Bone& bone : bones_) {
        const Vec3f ab = bone.b - bone.a, ap = p - bone.a;
        const float t = std::clamp(base::dot(ap, ab) * bone.inverse_length2, 0.f, 1.f);
        const float d2 = base::length_squared(ap - ab * t) * bone.inverse_radius2 + 0.02f;
        const float score = 1 / (d2 * d2 * d2);
        float& of_joint = scores[static_cast<size_t>(bone.joint)];
        of_joint = std::max(of_joint, score);
        best = std::max(best, score);
    }
    std::array<std::pair<float, int>, world::kFigureJointCount> all;
    size_t count = 0;
    for (size_t joint = 0; joint < scores.size(); ++joint) {
        if (scores[joint] > 0 && scores[joint] >= 0.02f * best)
            all[count++] = {scores[joint], static_cast<int>(joint)};
    }
    return strongest({all.data(), count});
}

float BoneWeights::near_seam(Vec3f p) const {
    float near = std::abs(p.x) < 0.1f && std::abs(p.y) < 0.09f
                     ? 1 - smooth_step(0.15f * seam_, seam_, std::abs(p.z - neck_z_))
                     : 0.f;
    for (const auto& wrist : wrist_) {
        const Vec3f q = wrist.apply_inverse(p);
        if (std::abs(q.x) < 0.08f && std::abs(q.y) < 0.08f)
            near =
                std::max(near, 1 - smooth_step(0.15f * seam_, seam_, std::abs(q.z - wrist_cut_)));
    }
    return near;
}

std::vector<VertexWeights> BoneWeights::over(const Surface& surface, int rounds) const {
    std::vector<VertexWeights> w(surface.p.size());
    for (size_t i = 0; i < w.size(); ++i) w[i] = at(surface.p[i]);
    std::vector<std::vector<uint32_t>> near(surface.p.size());
    for (const auto& t : surface.tri)
        for (size_t k = 0; k < 3; ++k) near[t[k]].push_back(t[(k + 1) % 3]);
    std::vector<std::pair<float, int>> mix;
    for (int round = 0; round < rounds; ++round) {
        std::vector<VertexWeights> next(w.size());
        for (size_t i = 0; i < w.size(); ++i) {
            mix.clear();
            const auto blend_in = [&](const VertexWeights& from, float share) {
                for (size_t k = 0; k < 4; ++k) {
                    if (from.weight[k] <= 0) continue;
                    bool found = false;
                    for (auto& [value, joint] : mix)
                        if (joint == from.joint[k]) {
                            value += share * from.weight[k];
                            found = true;
                        }
                    if (!found) mix.emplace_back(share * from.weight[k], from.joint[k]);
                }
            };
            const float share = near[i].empty() ? 0 : 0.6f / static_cast<float>(near[i].size());
            blend_in(w[i], near[i].empty() ? 1.f : 0.4f);
            for (const uint32_t k : near[i]) blend_in(w[k], share);
            next[i] = strongest(mix);
        }
        w = std::move(next);
    }
    for (size_t i = 0; i < w.size(); ++i) {
        const float raw = near_seam(surface.p[i]);
        if (raw <= 0) continue;
        mix.clear();
        const auto put = [&](const VertexWeights& from, float share) {
            for (size_t k = 0; k < 4; ++k) {
                if (from.weight[k] <= 0) continue;
                const auto found = std::find_if(mix.begin(), mix.end(),
                                                [&](auto& e) { return e.second == from.joint[k]; });
                if (found == mix.end()) mix.emplace_back(share * from.weight[k], from.joint[k]);
                else found->first += share * from.weight[k];
            }
        };
        put(w[i], 1 - raw);
        put(at(surface.p[i]), raw);
        w[i] = strongest(mix);
    }
    return w;
}

std::vector<VertexWeights> carry_weights(const Surface& from,
                                         const std::vector<VertexWeights>& weights,
                                         const Surface& to) {
    constexpr float kCell = 0.03f;
    const auto key = [&](Vec3f p) {
        const auto c = [](float v) { return static_cast<int64_t>(std::floor(v / kCell)) + 4096; };
        return (c(p.x) << 40) | (c(p.y) << 20) | c(p.z);
    };
    std::unordered_map<int64_t, std::vector<uint32_t>> grid;
    for (uint32_t i = 0; i < from.p.size(); ++i) grid[key(from.p[i])].push_back(i);
    std::vector<VertexWeights> out(to.p.size());
    std::vector<std::pair<float, int>> mix;
    for (size_t i = 0; i < to.p.size(); ++i) {
        const Vec3f p = to.p[i];
        // The two nearest: a cut vertex lies on the edge between them.
        float best[2] = {1e9f, 1e9f};
        uint32_t near[2] = {0, 0};
        for (int dz = -1; dz <= 1; ++dz)
            for (int dy = -1; dy <= 1; ++dy)
                for (int dx = -1; dx <= 1; ++dx) {
                    const auto cell =
                        grid.find(key(p + Vec3f{static_cast<float>(dx), static_cast<float>(dy),
                                                static_cast<float>(dz)} *
                                              kCell));
                    if (cell == grid.end()) continue;
                    for (const uint32_t k : cell->second) {
                        const float d = base::length_squared(from.p[k] - p);
                        if (d < best[0]) {
                            best[1] = best[0];
                            near[1] = near[0];
                            best[0] = d;
                            near[0] = k;
                        } else if (d < best[1]) {
                            best[1] = d;
                            near[1] = k;
                        }
                    }
                }
        const float a = std::sqrt(best[0]), b = std::min(std::sqrt(best[1]), 1e3f);
        mix.clear();
        for (int n = 0; n < 2; ++n) {
            const float share = (n == 0 ? b : a) / std::max(a + b, 1e-9f);
            for (size_t k = 0; k < 4; ++k) {
                if (weights[near[n]].weight[k] <= 0 || share <= 0) continue;
                const auto found = std::find_if(mix.begin(), mix.end(), [&](auto& e) {
                    return e.second == weights[near[n]].joint[k];
                });
                if (found == mix.end())
                    mix.emplace_back(share * weights[near[n]].weight[k], weights[near[n]].joint[k]);
                else found->first += share * weights[near[n]].weight[k];
            }
        }
        out[i] = strongest(mix);
    }
    return out;
}

uint32_t SkinBuilder::add(const Surface& surface, const PartLook& look,
                          const std::vector<VertexWeights>& weights,
                          const std::vector<FaceShift>& face) {
    CHECK(weights.size() == surface.p.size() && surface.n.size() == surface.p.size(),
          "one weight and one normal per vertex");
    const auto first = static_cast<uint32_t>(skin_.rest_positions.size());
    FigurePart part;
    part.name = look.name;
    part.material = look.material;
    part.colour = look.colour;
    part.pattern = look.pattern;
    part.roughness = look.roughness;
    part.emission = look.emission;
    part.first_triangle = static_cast<int>(skin_.triangles.size());
    part.triangle_count = static_cast<int>(surface.tri.size());
    if (part.triangle_count == 0) return first;
    for (const auto& t : surface.tri)
        skin_.triangles.push_back({t[0] + first, t[1] + first, t[2] + first});
    for (size_t i = 0; i < surface.p.size(); ++i) {
        const Vec3f p = surface.p[i];
        skin_.rest_positions.push_back(p);
        rig_.normals.push_back(surface.n[i]);
        skin_.tints.push_back(surface.tint.empty() ? Vec3f{1, 1, 1} : surface.tint[i]);
        // Round the body and up: metres along the cloth, good enough for a weave.
        skin_.uvs.push_back({0.15f * std::atan2(p.y, p.x + 0.01f), p.z});
    }
    rig_.weights.insert(rig_.weights.end(), weights.begin(), weights.end());
    for (FaceShift shift : face) {
        shift.vertex += first;
        rig_.face.push_back(shift);
    }
    skin_.parts.push_back(part);
    return first;
}

uint32_t SkinBuilder::add_rigid(const Surface& surface, const PartLook& look, int joint) {
    return add(surface, look,
               std::vector<VertexWeights>(surface.p.size(), VertexWeights::only(joint)));
}

std::unique_ptr<FigureSkin> SkinBuilder::finish() {
    for (const auto& rest : anatomy_.body.rest) {
        const base::Transform back = rest.inverse();
        rig_.from_rest.push_back({back.translation.cast<float>(), back.rotation.cast<float>()});
    }
    rig_.eye[0] = anatomy_.rest(world::kEyeL);
    rig_.eye[1] = anatomy_.rest(world::kEyeR);
    rig_.head_scale = anatomy_.head_scale;
    skin_.rig = std::make_shared<const FigureSkin::Rig>(std::move(rig_));
    return std::make_unique<FigureSkin>(std::move(skin_));
}

}  // namespace render
