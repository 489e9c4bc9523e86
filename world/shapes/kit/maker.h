// Puts a Shape together: parts that are seen, pieces that collide, places with names.
//
// Builders work in the noun's usual proportions, in any unit and place; finish() stands the thing
// on z = 0, centres it and scales its largest dimension to the size asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "world/shapes/kit/blob.h"
#include "world/shapes/kit/mesh.h"
#include "world/shapes/shape.h"

namespace world::kit {

// How a part looks. `own` parts are of the body's material; a colour given to them is only usual
// and yields when another material was asked for (a glass zebra has no stripes).
struct Look {
    std::string material;
    std::optional<Vec3f> colour;
    std::string pattern;
    float emission = 0;

    Look with(std::string name) const {
        Look l = *this;
        l.pattern = std::move(name);
        return l;
    }
    Look glowing(float radiance) const {
        Look l = *this;
        l.emission = radiance;
        return l;
    }
};
Look own();
Look own(unsigned srgb_hex);
Look of(std::string material);
Look of(std::string material, unsigned srgb_hex);

class Maker {
public:
    explicit Maker(const ShapeRequest& request) : request_(request) {}
    const ShapeRequest& request() const { return request_; }

    // Colour of the `own()` parts while the body has none of its own.
    void colour(unsigned srgb_hex);
    // For bodies whose volume times density would mislead; at the usual size and material.
    void mass(double kg_at_usual_size) { mass_kg_ = kg_at_usual_size; }
    void hollow(bool is = true) { shape_.hollow = is; }
    void anchor(std::string name, Vec3 at, Quat turn = {});

    // Makes it an animal that can walk; in the same unit and place as its meshes.
    void beast(const BeastRig& rig) { shape_.beast = rig; }

    void add(std::string name, Mesh mesh, const Look& look = own());
    // Collision of an organic body: one hull for each group of the blob. What is added afterwards
    // is seen only (ghost), until the next piece().
    void collide_groups(const Blob& blob, const Mesh& mesh);

    // Collision pieces: everything added until the next piece() goes into one convex hull. Without
    // any piece() or primitive the whole thing is one hull.
    void piece(std::string name = "", std::string material = "");
    // Parts that do not collide. What of them lies below all pieces (hooves, feet of furniture) is
    // given to the nearest piece after all, so that things do not sink in.
    void ghost(bool is = true) { ghost_ = is; }
    void collide_sphere(Vec3 centre, double radius, std::string name = "");
    void collide_box(Vec3 low, Vec3 high, std::string name = "");
    void collide_beam(Vec3 from, Vec3 to, double width, double height, std::string name = "");
    void collide_rod(Vec3 from, Vec3 to, double radius, std::string name = "");  // cylinder
    void collide_capsule(Vec3 from, Vec3 to, double radius, std::string name = "");
    void collide_hull(std::vector<Vec3> points, std::string name = "");
    void collide_ring(Vec3 centre, double ring_radius, double tube_radius, int count = 12,
                      std::string name = "");
    // Walls of revolution between two (radius, height) points of the outside, `thickness` thick
    // inward, as `count` hulls.
    void collide_wall(Vec2 low, Vec2 high, double thickness, int count = 8, std::string name = "");
    void collide_mesh(const Mesh& mesh, std::string name = "");  // static bodies only

    ShapePtr finish(double size_m, double usual_size_m, std::string_view usual_material);

private:
    void stand_on_low_parts();
    struct Piece {
        std::string name, material;
        std::vector<Vec3> points;
    };
    ShapeRequest request_;
    Shape shape_;
    std::optional<double> mass_kg_;
    std::vector<Piece> pieces_;
    std::vector<Vec3> unsolid_;  // points of the ghost parts
    bool explicit_pieces_ = false, ghost_ = false;
};

}  // namespace world::kit
