// Collects surfaces into one FigureSkin: parts, weights, face shapes.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "render/figure/anatomy.h"
#include "render/figure/figure_mesh.h"
#include "render/figure/surface.h"

namespace render {

// Up to four joints move a vertex; weights sum to 1.
struct VertexWeights {
    std::array<uint16_t, 4> joint{};
    std::array<float, 4> weight{};
    static VertexWeights only(int joint) {
        VertexWeights w;
        w.joint[0] = static_cast<uint16_t>(joint);
        w.weight[0] = 1;
        return w;
    }
};

// How a vertex of the face moves, in the head's frame at rest (metres, real size).
struct FaceShift {
    uint32_t vertex = 0;
    Vec3f smile{}, wide{}, forward{}, upper{}, brow{};
    // Lids: turned about the eye's left-right axis. Angle when shut, when looking down by 1 rad.
    int8_t eye = -1;  // 0 left, 1 right, -1 none
    float shut_angle = 0, follow = 0;
};

struct FigureSkin::Rig {
    std::vector<VertexWeights> weights;
    std::vector<Vec3f> normals;  // at rest
    std::vector<FaceShift> face;
    std::vector<base::Transformf> from_rest;  // inverse of the rest pose, per joint
    Vec3f eye[2];                             // centres at rest, figure frame
    float head_scale = 1;
};

// Inverse-power weights by distance to the bones, relative to their thickness.
class BoneWeights {
public:
    explicit BoneWeights(const Anatomy& anatomy);
    VertexWeights at(Vec3f p) const;
    // Of a whole surface, smoothed along it; unsmoothed at the seams of neck and wrists, where two
    // meshes must agree.
    std::vector<VertexWeights> over(const Surface& surface, int rounds) const;

private:
    struct Bone {
        int joint;
        Vec3f a, b;
        float inverse_length2, inverse_radius2;  // of b - a, of the limb
    };
    float near_seam(Vec3f p) const;  // 1 at a seam .. 0 away from it
    std::vector<Bone> bones_;
    float neck_z_ = 0, seam_ = 0.02f;
    base::Transformf wrist_[2];
    float wrist_cut_ = 0;
};

// Weights for the vertices of `to` from the nearest of `from`: parts cut from one cloth stay
// joined.
std::vector<VertexWeights> carry_weights(const Surface& from,
                                         const std::vector<VertexWeights>& weights,
                                         const Surface& to);

struct PartLook {
    std::string name, material;
    Vec3f colour{1, 1, 1};
    std::string pattern = {};
    float roughness = -1;
    float emission = 0;
};

class SkinBuilder {
public:
    explicit SkinBuilder(const Anatomy& anatomy) : anatomy_(anatomy), bones_(anatomy) {}
    // Returns the index of its first vertex.
    uint32_t add(const Surface& surface, const PartLook& look,
                 const std::vector<VertexWeights>& weights,
                 const std::vector<FaceShift>& face = {});
    uint32_t add_rigid(const Surface& surface, const PartLook& look, int joint);
    uint32_t add_soft(const Surface& surface, const PartLook& look, int rounds = 6) {
        return add(surface, look, bones_.over(surface, rounds));
    }
    const BoneWeights& bones() const { return bones_; }
    const Anatomy& anatomy() const { return anatomy_; }
    std::unique_ptr<FigureSkin> finish();

private:
    const Anatomy& anatomy_;
    BoneWeights bones_;
    FigureSkin skin_;
    FigureSkin::Rig rig_;
};

}  // namespace render
