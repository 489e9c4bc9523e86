// A Shape is a thing at rest in its own frame: what collides and what is seen.
//
// Frame: right-handed, z up, metres. Things stand on z = 0 centred at x = y = 0 and face +x, in the
// orientation in which the noun is usually found. Balls too: a ball of radius r has centre (0,0,r).
// Bullet wants the centre of mass at the origin; world/step does that shift, nobody else.
// Shapes are immutable after building and shared by pointer between threads.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/math/transform.h"
#include "world/beast/rig.h"

namespace world {

struct TriMesh {
    std::vector<base::Vec3f> positions;
    std::vector<base::Vec3f> normals;                // per position, unit; empty = flat shading
    std::vector<base::Vec2f> uvs;                    // per position; may be empty
    std::vector<std::array<uint32_t, 3>> triangles;  // counter-clockwise seen from outside
};

// What is seen. Materials are names of world/materials; "" = the body's own material and colour.
struct MeshPart {
    TriMesh mesh;
    std::string material;               // fixed ("steel" hinge on a wooden door) or ""
    std::optional<base::Vec3f> colour;  // linear; unset = the body's colour, else the material's
    std::string pattern;                // "basketball", "domino_pips", "brick_wall"; "" = plain
    std::string name;                   // part name for people and tests: "rim", "eye"
    float emission = 0;                 // radiance scale of glowing parts, W/(m2 sr) relative
};

enum class CollisionKind { Sphere, Box, Capsule, Cylinder, Cone, ConvexHull, StaticMesh };

// What collides. Capsule, cylinder and cone stand along local z, centred.
struct CollisionPart {
    CollisionKind kind = CollisionKind::Box;
    base::Transform pose;             // of the primitive in the shape's frame
    base::Vec3 half_extents{};        // box; x = radius, z = half height for the round ones
                                      // (capsule: half height of the cylindrical section)
    std::vector<base::Vec3f> points;  // ConvexHull, StaticMesh vertices, in the pose's frame
    std::vector<std::array<uint32_t, 3>> triangles;  // StaticMesh only
    std::string name;      // "" or a part that events name: "rim", "board"
    std::string material;  // "" = the body's
};

struct Shape {
    std::string name;  // the noun or part it was built for
    std::vector<CollisionPart> collision;
    std::vector<MeshPart> parts;
    double volume_m3 = 0;  // of matter (a hollow vase: of its walls)
    std::string default_material = "plastic";
    std::optional<double> default_mass_kg;  // where volume x density would mislead (hollow balls)
    // Of the parts that have none, while the body has none and is of its default material (a dog is
    // brown, not the grey of "fur"). Order: part, body, this, material.
    std::optional<base::Vec3f> default_colour;
    bool hollow = false;  // for sound and inertia (thin shell)
    base::Bounds bounds;  // of all parts
    // Named places on it, in its frame: "grip", "seat", "top", "mouth".
    std::vector<std::pair<std::string, base::Transform>> anchors;
    std::optional<BeastRig> beast;  // of four-legged animals: they can be posed (world/beast)
};

using ShapePtr = std::shared_ptr<const Shape>;

// What the director asks for.
struct ShapeRequest {
    std::string kind;              // canonical noun of script/words
    std::optional<double> size_m;  // largest dimension; unset = usual size
    std::string material;          // may change the make (a glass dog is solid and smooth)
    uint64_t seed = 1;             // for natural variation (stones, trees)
};

// nullptr when the kind has no builder. Every noun of script/words has one (tests/words_test).
ShapePtr build_shape(const ShapeRequest& request);
bool has_shape(std::string_view kind);
std::vector<std::string> shape_kinds();

}  // namespace world
