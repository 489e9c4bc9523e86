// Builds the static shapes that sets are made of: boxes with worn edges, tubes, turned forms,
// sheets. Everything in the shape's frame, metres, z up.
//
// State: a paint (what the next pieces look like) and a placement (where they go). Pieces with the
// same paint share one mesh part. uvs are in metres, u along the grain (a box's longest edge), so
// the pattern "grain_uv" lays wood the way a joiner would.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/math/transform.h"
#include "world/shapes/shape.h"

namespace world {

struct Paint {
    std::string material;
    std::optional<base::Vec3f> colour;
    std::string pattern;
    float emission = 0;
    std::string name;

    friend bool operator==(const Paint&, const Paint&) = default;
};

class ShapeMaker {
public:
    explicit ShapeMaker(std::string name, std::string default_material = "plaster");

    ShapeMaker& paint(Paint paint);
    // What follows is placed by `placement`; at({}) goes back to the shape's frame.
    ShapeMaker& at(const base::Transform& placement);

    // bevel > 0 rounds the edges by that width, which is what catches the light.
    ShapeMaker& box(base::Vec3 centre, base::Vec3 size, double bevel = 0);
    // Between two points; r1 < 0 means r0. Ends are closed by flat caps.
    ShapeMaker& cylinder(base::Vec3 from, base::Vec3 to, double r0, double r1 = -1, int sides = 20);
    ShapeMaker& ellipsoid(base::Vec3 centre, base::Vec3 radii, int segments = 20);
    ShapeMaker& tube(const std::vector<base::Vec3>& path, double radius, int sides = 10,
                     bool closed = false);
    // Turned about local z through `centre`; profile is (radius, height) from bottom to top.
    ShapeMaker& lathe(base::Vec3 centre, const std::vector<base::Vec2>& profile, int sides = 24);
    // Counter-clockwise seen from the side it shows.
    ShapeMaker& quad(base::Vec3 a, base::Vec3 b, base::Vec3 c, base::Vec3 d);
    // surface(s, t) for s, t in [0, 1]; shows the side of d/ds x d/dt. Smooth normals.
    ShapeMaker& sheet(int columns, int rows,
                      const std::function<base::Vec3(double, double)>& surface);
    // A convex outline in (x, y), counter-clockwise, raised from z0 to z1.
    ShapeMaker& prism(const std::vector<base::Vec2>& outline, double z0, double z1);
    ShapeMaker& mesh(const TriMesh& mesh);
    // Copies the visible parts of another shape.
    ShapeMaker& include(const Shape& shape, const base::Transform& placement);

    ShapeMaker& collide_box(base::Vec3 centre, base::Vec3 size, std::string name = "",
                            std::string material = "");
    ShapeMaker& collide_cylinder(base::Vec3 from, base::Vec3 to, double radius,
                                 std::string name = "", std::string material = "");
    ShapeMaker& collide_sphere(base::Vec3 centre, double radius, std::string name = "",
                               std::string material = "");
    ShapeMaker& collide_hull(std::vector<base::Vec3f> points, std::string name = "",
                             std::string material = "");
    // The surface of the last sheet() as a static mesh.
    ShapeMaker& collide_last_sheet(std::string name = "", std::string material = "");
    // box + collide_box
    ShapeMaker& solid(base::Vec3 centre, base::Vec3 size, double bevel = 0, std::string name = "");

    ShapeMaker& anchor(std::string name, base::Vec3 position);

    bool has_collision() const { return !shape_.collision.empty(); }
    ShapePtr finish();

private:
    MeshPart& part();
    uint32_t vertex(base::Vec3 p, base::Vec3 n, base::Vec2 uv = {});
    void triangle(uint32_t a, uint32_t b, uint32_t c);

    Shape shape_;
    Paint paint_;
    base::Transform placement_;
    int current_part_ = -1;
    uint32_t piece_count_ = 0;  // gives every board its own cut of the grain
    TriMesh last_sheet_;
};

// Paints that many sets share.
Paint painted(std::string material, unsigned srgb_hex, std::string pattern = "");
Paint plain(std::string material, std::string pattern = "");
Paint glowing(unsigned srgb_hex, float emission, std::string pattern = "");

int triangle_count(const Shape& shape);

}  // namespace world
