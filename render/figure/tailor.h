// The tailor's tools: places on the body, cloth fields, hems.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "render/figure/palette.h"
#include "render/figure/skin_builder.h"

namespace render {

float cloth_noise(Vec3f p);  // smooth, about -1 .. 1, cells of one metre

class Tailor {
public:
    Tailor(SkinBuilder& builder, uint64_t seed);

    const Anatomy& anatomy() const { return a_; }
    float h() const { return h_; }
    // Metres along the arm from the shoulder joint; nothing for points of the trunk and legs.
    std::optional<float> along_arm(Vec3f p) const;
    // The same as a soft share, 0 on the trunk .. 1 on the arm.
    float arm_share(Vec3f p) const;
    float upper_arm() const { return upper_arm_; }
    float forearm() const { return forearm_; }
    float hip_z() const { return hip_z_; }
    float shoulder_z() const { return shoulder_z_; }

    struct Piece {
        std::string name;
        PartLook look;
        Field cloth;           // its outside
        Field keep;            // > 0 where there is cloth, metres to the edge
        float step = 0.0056f;  // of the mesh, in heights
        Vec3f low, high;       // of the mesh
        float thickness = 0.005f;
        bool covers = true;
        // Bands of another colour: > 0 inside.
        Field trim;
        PartLook trim_look;
        int weight_rounds = 8;
    };
    void sew(const Piece& piece);
    // Cloth on the trunk and limbs, `ease` metres away, falling loosely from chest to hem.
    struct Fit {
        float ease = 0.006f;
        float loose = 0;        // share of a straight fall from the chest, 0 .. 1
        float sleeve = 0;       // extra width of the sleeve toward its end, metres
        float leg = 0;          // extra width of trouser legs at the hem, metres
        float folds = 0.0025f;  // depth, m
        float hem_ease = 0;     // more room at the hips, for what is worn over trousers
    };
    Field cloth(const Fit& fit) const;

    // Round collar line: > 0 away from the neck.
    float neckline(Vec3f p, float radius, float front_drop) const;
    // Numbers and stripes: a flat sign laid on a cloth along -x (front) or +x (back).
    void decal(const std::string& digits, const Field& cloth, Vec3f centre, float height, bool back,
               Vec3f colour);
    // A flared skirt from the waist down.
    void skirt(float top_z, float length, float flare, float ruffle, int folds,
               const PartLook& look, const PartLook& hem);
    void shoes(const std::string& kind, const Palette& palette);
    void tube_ring(float z, float height, float ease, const PartLook& look);  // belt, waistband
    Field cover() const;

private:
    SkinBuilder& b_;
    const Anatomy& a_;
    float h_, upper_arm_, forearm_, hip_z_, shoulder_z_;
    uint64_t seed_;
    Sculpt drape_;
    std::vector<Field> covers_;
};

}  // namespace render
