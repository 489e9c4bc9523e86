// Organic bodies: a signed distance field of balls, ellipsoids and bones melted together, meshed
// by surface nets (S. Gibson, "Constrained Elastic Surface Nets", 1998) with vertices drawn onto
// the surface and normals from the field's gradient.
//
// Smooth minimum: I. Quilez, "Smooth minimum" (quadratic polynomial kernel); round cone and
// ellipsoid distances after the same author's "Distance functions".
#pragma once

#include <initializer_list>
#include <vector>

#include "world/shapes/kit/mesh.h"

namespace world::kit {

class Blob {
public:
    // State for what follows: blend radius, mirroring at y = 0, collision group.
    Blob& blend(double radius) {
        blend_ = radius;
        return *this;
    }
    Blob& both(bool mirrored = true) {
        mirrored_ = mirrored;
        return *this;
    }
    Blob& one() { return both(false); }
    Blob& group(int group) {
        group_ = group;
        return *this;
    }

    Blob& ball(Vec3 centre, double radius);
    // Degrees about y (nose down positive), then z, in that order; roll about x first.
    Blob& egg(Vec3 centre, Vec3 radii, double pitch = 0, double yaw = 0, double roll = 0);
    Blob& bone(Vec3 a, double radius_a, Vec3 b, double radius_b);
    struct Knot {
        Vec3 at;
        double radius;
    };
    Blob& chain(std::initializer_list<Knot> knots);
    Blob& chain(const std::vector<Knot>& knots);
    Blob& block(Vec3 centre, Vec3 half, double rounding, double pitch = 0, double yaw = 0);
    // Taken away from what stands before.
    Blob& cut_ball(Vec3 centre, double radius);
    Blob& cut_egg(Vec3 centre, Vec3 radii, double pitch = 0, double yaw = 0);
    Blob& cut_bone(Vec3 a, double radius_a, Vec3 b, double radius_b);
    Blob& cut_below(double z);

    double distance(Vec3 p) const;
    // `cells` across the longest side.
    Mesh mesh(int cells = 96) const;
    // Collision group of the piece nearest to a point (mirrored pieces: group + 1 where y < 0,
    // when `sides`).
    int group_at(Vec3 p) const;
    // Where the x, z column at height y = `y` meets the surface from +y, from above, from ahead.
    Vec3 on_surface(Vec3 from, Vec3 direction) const;

private:
    enum class Kind { Ellipsoid, Bone, Block, Below };
    struct Piece {
        Kind kind;
        Vec3 a, b;  // centre and radii, or the two ends
        double ra = 0, rb = 0;
        Quat turn;  // into the piece's frame
        double blend = 0;
        bool mirrored = false, cut = false;
        int group = 0;
    };
    Piece& put(Piece piece, bool cut = false);
    static double distance_to(const Piece& piece, Vec3 p);
    static double fold(const std::vector<const Piece*>& pieces, Vec3 p);
    std::vector<const Piece*> all() const;

    std::vector<Piece> pieces_;
    double blend_ = 0.03;
    bool mirrored_ = false;
    int group_ = 0;
};

}  // namespace world::kit
