// The figures. One line a material; sources in short:
//   CRC  = CRC Handbook of Chemistry and Physics, 97th ed. (densities, elastic constants)
//   EB   = engineering handbooks of friction (Marks' Standard Handbook, 11th ed., table 3.2.1;
//          Bowden and Tabor, "The Friction and Lubrication of Solids", 1950)
//   GOL  = Goldsmith, "Impact: The Theory and Physical Behaviour of Colliding Solids", 1960
//   CROSS= R. Cross, "The bounce of a ball", Am. J. Phys. 67 (1999), and later ball papers
//   USDA = Wood Handbook, FPL-GTR-282 (2021)
//   Ashby= Ashby, "Materials Selection in Mechanical Design", property charts
//   est. = our estimate between neighbours, no measurement found
// Fracture: impulse over cross-section that breaks a compact body. Estimates fitted to everyday
// facts (a glass vase of half a kilogram survives 0.1 m and breaks from 0.5 m onto tiles; a brick
// survives 1 m, not 6 m); brittle strength varies by a factor of three between pieces.
#include "world/materials/material_table.h"

#include <array>

namespace world {

namespace {

//   name, density kg/m3, friction, restitution, rolling m, Young Pa, Poisson, fracture N s/m2
constexpr std::array kMaterials = {
    Material{"aluminium", 2700, 0.45, 0.70, 5e-5, 69e9, 0.33, 0, "CRC; EB; GOL"},
    Material{"asphalt", 2300, 0.75, 0.60, 1.5e-3, 3e9, 0.35, 0, "Marks' (roads); est."},
    Material{"bone", 1900, 0.35, 0.60, 2e-4, 18e9, 0.30, 1500, "Ashby; est."},
    Material{"brass", 8500, 0.35, 0.65, 5e-5, 100e9, 0.34, 0, "CRC; EB; GOL"},
    Material{"bread", 250, 0.55, 0.20, 3e-3, 1e5, 0.20, 0, "est."},
    Material{"brick", 1900, 0.65, 0.45, 3e-4, 15e9, 0.20, 900, "Marks'; EB; est."},
    Material{"cardboard", 690, 0.45, 0.35, 5e-4, 1e9, 0.30, 0, "Ashby; est."},
    Material{"carpet", 300, 0.60, 0.35, 4e-3, 5e6, 0.30, 0, "est."},
    Material{"ceramic", 2400, 0.40, 0.70, 1e-4, 70e9, 0.22, 75, "CRC; Ashby"},
    Material{"clay", 1800, 0.70, 0.08, 2e-3, 5e6, 0.45, 0, "plasticine: GOL (near zero)"},
    Material{"concrete", 2400, 0.65, 0.65, 2e-4, 30e9, 0.20, 1500, "Marks'; EB"},
    Material{"copper", 8960, 0.40, 0.60, 5e-5, 120e9, 0.34, 0, "CRC; EB; GOL"},
    Material{"cotton", 400, 0.55, 0.20, 2e-3, 1e6, 0.30, 0, "est."},
    Material{"diamond", 3510, 0.10, 0.90, 1e-5, 1050e9, 0.10, 0, "CRC; Bowden and Tabor"},
    Material{"fabric", 400, 0.50, 0.20, 2e-3, 1e6, 0.30, 0, "est."},
    Material{"feather", 50, 0.40, 0.10, 2e-3, 1e6, 0.30, 0, "est."},
    Material{"felt", 250, 0.45, 0.45, 5e-4, 5e6, 0.30, 0, "est."},
    Material{"flesh", 1050, 0.60, 0.25, 4e-3, 2e5, 0.48, 0, "Duck, Physical Properties of Tissue"},
    Material{"foam", 40, 0.60, 0.35, 3e-3, 1e6, 0.20, 0, "Ashby"},
    Material{"fruit", 900, 0.45, 0.40, 1e-3, 3e6, 0.35, 0, "Mohsenin, 1986 (apples)"},
    Material{"fur", 200, 0.55, 0.20, 4e-3, 5e5, 0.30, 0, "est."},
    Material{"glass", 2500, 0.40, 0.80, 2e-5, 70e9, 0.23, 60, "CRC; EB; GOL"},
    Material{"gold", 19300, 0.40, 0.45, 1e-4, 79e9, 0.42, 0, "CRC; est."},
    Material{"grass", 1200, 0.45, 0.45, 8e-3, 2e6, 0.30, 0, "Cross (turf); est."},
    Material{"ice", 917, 0.03, 0.40, 1e-4, 9e9, 0.33, 160, "CRC; Higa et al., Icarus 133 (1998)"},
    Material{"iron", 7870, 0.45, 0.65, 5e-5, 200e9, 0.29, 0, "CRC; EB; GOL"},
    Material{"jelly", 1030, 0.40, 0.35, 3e-3, 1e4, 0.49, 0, "est."},
    Material{"leaf", 300, 0.40, 0.10, 2e-3, 1e7, 0.30, 0, "est."},
    Material{"leather", 860, 0.55, 0.60, 1e-3, 5e7, 0.40, 0, "Marks' (belts); Cross (balls)"},
    Material{"marble_stone", 2700, 0.45, 0.70, 5e-5, 55e9, 0.25, 1200, "CRC; EB; GOL"},
    Material{"paper", 800, 0.40, 0.15, 5e-4, 2e9, 0.30, 0, "Ashby; est."},
    Material{"plaster", 1200, 0.55, 0.40, 3e-4, 5e9, 0.22, 110, "Marks'; est."},
    Material{"plastic", 1100, 0.35, 0.65, 1e-4, 2.5e9, 0.38, 0, "Ashby (ABS, PE, PC)"},
    Material{"resin", 1700, 0.20, 0.95, 2e-5, 5.8e9, 0.34, 0,
             "phenolic billiard ball: Alciatore, billiards.colostate.edu; Cross 2014"},
    Material{"rope", 700, 0.50, 0.15, 2e-3, 1e8, 0.30, 0, "est."},
    Material{"rubber", 1150, 0.85, 0.80, 1.2e-3, 5e6, 0.49, 0, "CRC; EB; Cross"},
    Material{"salt", 2160, 0.55, 0.25, 1e-3, 37e9, 0.25, 200, "CRC; est."},
    Material{"sand", 1600, 0.60, 0.02, 2e-2, 2e6, 0.30, 0, "angle of repose 31 deg; est."},
    Material{"shell", 2500, 0.40, 0.45, 2e-4, 30e9, 0.25, 14, "egg and sea shell: Ashby; est."},
    Material{"silver", 10490, 0.40, 0.55, 5e-5, 83e9, 0.37, 0, "CRC; est."},
    Material{"skin", 1100, 0.60, 0.30, 3e-3, 1e6, 0.48, 0, "Duck, 1990"},
    Material{"snow", 350, 0.10, 0.05, 1.5e-2, 1e6, 0.25, 0, "Colbeck, CRREL 92-2; est."},
    Material{"steel", 7850, 0.55, 0.90, 3e-5, 205e9, 0.29, 0, "CRC; EB; GOL"},
    Material{"stone", 2600, 0.60, 0.60, 2e-4, 50e9, 0.25, 1800, "Marks' (granite, limestone)"},
    Material{"straw", 120, 0.50, 0.20, 5e-3, 1e6, 0.30, 0, "est."},
    Material{"tile", 2300, 0.45, 0.70, 1e-4, 60e9, 0.22, 60, "glazed stoneware: Ashby; est."},
    Material{"water", 998.2, 0.02, 0.00, 1e-3, 1e6, 0.50, 0, "CRC, 20 C"},
    Material{"wax", 900, 0.35, 0.30, 4e-4, 1e8, 0.40, 260, "CRC (paraffin); est."},
    Material{"wicker", 400, 0.50, 0.35, 1e-3, 1e8, 0.30, 0, "est."},
    Material{"wood", 650, 0.45, 0.60, 2e-4, 11e9, 0.35, 0, "USDA (oak, maple); EB"},
    Material{"wool", 300, 0.55, 0.25, 3e-3, 5e5, 0.30, 0, "est."},
};

// Measured pairs. Order within a pair does not matter.
constexpr std::array kPairs = {
    MeasuredPair{"steel", "steel", 0.42, 0.95, "EB kinetic, dry; GOL, bearing balls at 1 m/s"},
    MeasuredPair{"steel", "glass", 0.50, 0.90, "EB; GOL (steel ball on glass plate)"},
    MeasuredPair{"steel", "concrete", 0.45, 0.70, "Marks'; ball drop, est. +-0.1"},
    MeasuredPair{"steel", "marble_stone", 0.40, 0.80, "GOL (ball on marble block)"},
    MeasuredPair{"steel", "wood", 0.40, 0.50, "Marks' (metal on oak, dry 0.2-0.6); GOL"},
    MeasuredPair{"steel", "ice", 0.015, 0.35, "skate on ice 0.003-0.03: Rosenberg, 2005"},
    MeasuredPair{"steel", "brick", 0.50, 0.40, "Marks'; est."},
    MeasuredPair{"steel", "tile", 0.40, 0.65, "est. from ceramic"},
    MeasuredPair{
        "rubber", "wood", 0.70, 0.78,
        "FIBA: a basketball dropped from 1.8 m (its bottom) rebounds to 1.2-1.4 m (its top, "
        "24 cm higher): e = 0.73-0.80; EB"},
    MeasuredPair{"rubber", "concrete", 0.85, 0.82, "EB (tyre, dry 0.8-1.0); Cross"},
    MeasuredPair{"rubber", "asphalt", 0.80, 0.80, "EB; Cross"},
    MeasuredPair{"rubber", "ice", 0.15, 0.65, "EB"},
    MeasuredPair{"rubber", "grass", 0.45, 0.60, "FIFA ball rebound 0.6-1.0 m from 2 m"},
    MeasuredPair{"rubber", "glass", 0.80, 0.78, "Cross; backboards are tempered glass"},
    MeasuredPair{"rubber", "steel", 0.65, 0.70, "Cross; EB"},
    MeasuredPair{"leather", "grass", 0.45, 0.62,
                 "FIFA Quality Programme: rebound 0.6-1.0 m of 2 m"},
    MeasuredPair{"leather", "wood", 0.50, 0.72, "Cross"},
    MeasuredPair{"resin", "resin", 0.05, 0.95,
                 "Alciatore: ball-ball friction 0.03-0.08, restitution 0.92-0.98"},
    MeasuredPair{"resin", "felt", 0.20, 0.50, "Alciatore: ball-cloth sliding 0.15-0.4, bounce 0.5"},
    MeasuredPair{"resin", "rubber", 0.14, 0.80, "Alciatore: ball-rail restitution 0.6-0.9"},
    MeasuredPair{"resin", "wood", 0.12, 0.60, "oiled lane: USBC specification, mu <= 0.39 dry"},
    MeasuredPair{"plastic", "plastic", 0.30, 0.65, "Ashby"},
    MeasuredPair{"plastic", "wood", 0.30, 0.60, "est."},
    MeasuredPair{"wood", "wood", 0.40, 0.50, "EB kinetic 0.2-0.5; GOL"},
    MeasuredPair{"wood", "ice", 0.05, 0.40, "Bowden and Hughes, 1939"},
    MeasuredPair{"wood", "felt", 0.40, 0.35, "est."},
    MeasuredPair{"glass", "glass", 0.40, 0.94, "EB kinetic; GOL (marbles 0.94)"},
    MeasuredPair{"glass", "wood", 0.35, 0.60, "est."},
    MeasuredPair{"glass", "tile", 0.40, 0.65, "est."},
    MeasuredPair{"glass", "concrete", 0.50, 0.65, "GOL (marble on stone), est."},
    MeasuredPair{"ice", "ice", 0.03, 0.50, "CRC; Higa et al., 1998, mean at 1 m/s"},
    MeasuredPair{"brick", "brick", 0.65, 0.35, "masonry joints: Eurocode 6, mu 0.6-0.7; est."},
    MeasuredPair{"brick", "concrete", 0.65, 0.40, "as brick"},
    MeasuredPair{"concrete", "concrete", 0.65, 0.50, "ACI 318 (0.6 smooth)"},
    MeasuredPair{"marble_stone", "marble_stone", 0.45, 0.75, "GOL"},
    MeasuredPair{"felt", "felt", 0.50, 0.40, "est."},
};

}  // namespace

std::span<const Material> material_table() { return kMaterials; }
std::span<const MeasuredPair> measured_pairs() { return kPairs; }

}  // namespace world
