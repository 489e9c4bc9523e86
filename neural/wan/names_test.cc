// The loaders expect exactly the tensors of the published full-size models, in Wan's own layout and
// in that of diffusers and transformers.
#include <gtest/gtest.h>

#include <regex>

#include "neural/text/umt5.h"
#include "neural/wan/pipeline/models.h"
#include "neural/wan/published_names.h"
#include "neural/wan/testing/name_table.h"
#include "neural/wan/transformer/transformer.h"
#include "neural/wan/vae/vae.h"

using neural::Loader;
using neural::ShapesOnly;
using neural::TensorSource;
using neural::wan::testing::NameTable;
using neural::wan::testing::read_names;
using neural::wan::testing::TableSource;

namespace {

NameTable asked_of(const ShapesOnly& source) {
    NameTable table;
    for (const auto& asked : source.asked()) {
        EXPECT_FALSE(table.contains(asked.name)) << asked.name << " was asked for twice";
        table[asked.name] = asked.shape;
    }
    return table;
}

void expect_equal(const NameTable& got, const NameTable& want) {
    ASSERT_FALSE(want.empty()) << "no table of names";
    EXPECT_EQ(got.size(), want.size());
    for (const auto& [name, shape] : want) {
        const auto found = got.find(name);
        if (found == got.end()) {
            ADD_FAILURE() << name << " is not loaded";
        } else {
            EXPECT_EQ(found->second.text(), shape.text()) << name;
        }
    }
}

TEST(WanNames, TransformersAreTheTables) {
    for (const auto& model : neural::wan::published_models()) {
        const auto source = std::make_shared<ShapesOnly>();
        const auto net = neural::wan::Transformer::load(Loader(source), model.transformer);
        ASSERT_TRUE(net.ok()) << net.error().text();
        SCOPED_TRACE(model.name);
        expect_equal(asked_of(*source), read_names(std::string(model.name)));
    }
}

TEST(WanNames, AutoencodersAreTheTables) {
    for (const auto& [table, config] : {std::pair{"wan2.1-vae", neural::wan::wan21_vae()},
                                        {"wan2.2-vae", neural::wan::wan22_vae()}}) {
        const auto source = std::make_shared<ShapesOnly>();
        const auto vae = neural::wan::Vae::load(Loader(source), config);
        ASSERT_TRUE(vae.ok()) << vae.error().text();
        SCOPED_TRACE(table);
        expect_equal(asked_of(*source), read_names(table));
    }
}

TEST(WanNames, Umt5IsTheTable) {
    const auto source = std::make_shared<ShapesOnly>();
    const auto net = neural::text::Umt5Encoder::load(Loader(source), {});
    ASSERT_TRUE(net.ok()) << net.error().text();
    expect_equal(asked_of(*source), read_names("umt5-xxl"));
}

TEST(WanNames, WhatIsMissingExtraOrMisshapenIsListedAtOnce) {
    NameTable table = read_names("wan2.1-t2v-1.3b");
    table.erase("blocks.3.ffn.2.bias");
    table["blocks.7.modulation"] = {1, 6, 5};
    table["img_emb.proj.0.weight"] = {1280};
    const auto net = neural::wan::Transformer::load(Loader(std::make_shared<TableSource>(table)),
                                                    neural::wan::wan21_t2v_1_3b());
    ASSERT_FALSE(net.ok());
    for (const char* part : {"3 tensors", "missing: blocks.3.ffn.2.bias 1536",
                             "misshapen: blocks.7.modulation is 1x6x5, must be 1x6x1536",
                             "not of this model: img_emb.proj.0.weight"}) {
        EXPECT_NE(net.error().text().find(part), std::string::npos)
            << part << " in " << net.error().text();
    }
}

// Every occurrence of each pair's first part, in turn.
std::string replaced(std::string name,
                     const std::vector<std::pair<std::string, std::string>>& pairs) {
    for (const auto& [from, to] : pairs) {
        for (size_t at = name.find(from); at != std::string::npos;
             at = name.find(from, at + to.size())) {
            name.replace(at, from.size(), to);
        }
    }
    return name;
}

NameTable transformer_in_diffusers(const NameTable& table) {
    NameTable theirs;
    for (const auto& [name, shape] : table) {
        theirs[replaced(name, {{"time_embedding.0", "condition_embedder.time_embedder.linear_1"},
                               {"time_embedding.2", "condition_embedder.time_embedder.linear_2"},
                               {"text_embedding.0", "condition_embedder.text_embedder.linear_1"},
                               {"text_embedding.2", "condition_embedder.text_embedder.linear_2"},
                               {"time_projection.1", "condition_embedder.time_proj"},
                               {"head.modulation", "scale_shift_table"},
                               {"head.head", "proj_out"},
                               {"modulation", "scale_shift_table"},
                               {"ffn.0", "ffn.net.0.proj"},
                               {"ffn.2", "ffn.net.2"},
                               {"norm3", "norm2"},
                               {"self_attn.o.", "attn1.to_out.0."},
                               {"cross_attn.o.", "attn2.to_out.0."},
                               {"self_attn.norm", "attn1.norm"},
                               {"cross_attn.norm", "attn2.norm"},
                               {"self_attn.", "attn1.to_"},
                               {"cross_attn.", "attn2.to_"},
                               {"attn1.to_to_", "attn1.to_"},
                               {"attn1.to_norm", "attn1.norm"}})] = shape;
    }
    return theirs;
}

TEST(WanNames, TransformersLoadInDiffusersLayout) {
    for (const auto& model : neural::wan::published_models()) {
        const NameTable table = read_names(std::string(model.name));
        const NameTable theirs = transformer_in_diffusers(table);
        ASSERT_EQ(theirs.size(), table.size());
        ASSERT_TRUE(theirs.contains("blocks.0.attn1.to_q.weight"));
        ASSERT_TRUE(theirs.contains("blocks.0.attn2.norm_k.weight"));
        ASSERT_TRUE(theirs.contains("blocks.0.attn2.to_out.0.bias"));
        const auto source =
            neural::wan::with_transformer_names(std::make_shared<TableSource>(theirs));
        const auto net = neural::wan::Transformer::load(Loader(source), model.transformer);
        EXPECT_TRUE(net.ok()) << net.error().text();
    }
}

TEST(WanNames, APrefixBeforeAllNamesIsTakenOff) {
    NameTable theirs;
    for (const auto& [name, shape] : read_names("wan2.1-t2v-1.3b"))
        theirs["model.diffusion_model." + name] = shape;
    const auto source = neural::wan::with_transformer_names(std::make_shared<TableSource>(theirs));
    const auto net = neural::wan::Transformer::load(Loader(source), neural::wan::wan21_t2v_1_3b());
    EXPECT_TRUE(net.ok()) << net.error().text();
}

const std::vector<std::pair<std::string, std::string>> kResidual = {
    {".residual.0.", ".norm1."},
    {".residual.2.", ".conv1."},
    {".residual.3.", ".norm2."},
    {".residual.6.", ".conv2."},
    {".shortcut.", ".conv_shortcut."}};

// What AutoencoderKLWan calls the tensors outside of the levels.
std::string vae_common_in_diffusers(std::string name) {
    if (name.starts_with("conv1.")) return "quant_conv." + name.substr(6);
    if (name.starts_with("conv2.")) return "post_quant_conv." + name.substr(6);
    return replaced(replaced(std::move(name), kResidual), {{"coder.conv1.", "coder.conv_in."},
                                                           {"head.0.", "norm_out."},
                                                           {"head.2.", "conv_out."},
                                                           {"middle.0.", "mid_block.resnets.0."},
                                                           {"middle.1.", "mid_block.attentions.0."},
                                                           {"middle.2.", "mid_block.resnets.1."}});
}

TEST(WanNames, Autoencoder21LoadsInDiffusersLayout) {
    NameTable theirs;
    for (const auto& [name, shape] : read_names("wan2.1-vae")) {
        std::string out = vae_common_in_diffusers(name);
        out = replaced(out, {{"encoder.downsamples.", "encoder.down_blocks."}});
        for (int i = 0; i < 15; ++i) {  // three residual blocks and an upsampler per level
            const std::string block = "decoder.upsamples." + std::to_string(i) + ".";
            const std::string level = "decoder.up_blocks." + std::to_string(i / 4) + ".";
            out = replaced(
                out, {{block, level + (i % 4 == 3 ? "upsamplers.0."
                                                  : "resnets." + std::to_string(i % 4) + ".")}});
        }
        theirs[out] = shape;
    }
    ASSERT_TRUE(theirs.contains("decoder.up_blocks.1.resnets.0.conv_shortcut.weight"));
    ASSERT_TRUE(theirs.contains("decoder.up_blocks.0.upsamplers.0.time_conv.weight"));
    const auto source = neural::wan::with_vae_names(std::make_shared<TableSource>(theirs));
    const auto vae = neural::wan::Vae::load(Loader(source), neural::wan::wan21_vae());
    EXPECT_TRUE(vae.ok()) << vae.error().text();
}

TEST(WanNames, Autoencoder22LoadsInDiffusersLayout) {
    const std::regex level(R"((encoder|decoder)\.(down|up)samples\.(\d)\.\w+\.(\d)\.(.*))");
    NameTable theirs;
    for (const auto& [name, shape] : read_names("wan2.2-vae")) {
        std::string out = vae_common_in_diffusers(name);
        std::smatch m;
        if (std::regex_match(out, m, level)) {
            const std::string rest = m[5];
            const bool resize = rest.starts_with("resample.") || rest.starts_with("time_conv.");
            out = m[1].str() + "." + m[2].str() + "_blocks." + m[3].str() + "." +
                  (resize ? m[2].str() + "sampler." : "resnets." + m[4].str() + ".") + rest;
        }
        theirs[out] = shape;
    }
    ASSERT_EQ(theirs.size(), read_names("wan2.2-vae").size());
    ASSERT_TRUE(theirs.contains("encoder.down_blocks.1.downsampler.time_conv.weight"));
    ASSERT_TRUE(theirs.contains("decoder.up_blocks.3.resnets.2.conv2.weight"));
    const auto source = neural::wan::with_vae_names(std::make_shared<TableSource>(theirs));
    const auto vae = neural::wan::Vae::load(Loader(source), neural::wan::wan22_vae());
    EXPECT_TRUE(vae.ok()) << vae.error().text();
}

TEST(WanNames, Umt5LoadsInTransformersLayout) {
    NameTable theirs;
    for (const auto& [name, shape] : read_names("umt5-xxl")) {
        theirs[replaced(
            name.starts_with("blocks.") ? "encoder.block." + name.substr(7) : name,
            {{"token_embedding.", "shared."},
             {"pos_embedding.embedding.", "layer.0.SelfAttention.relative_attention_bias."},
             {".attn.", ".layer.0.SelfAttention."},
             {".norm1.", ".layer.0.layer_norm."},
             {".norm2.", ".layer.1.layer_norm."},
             {"ffn.gate.0.", "layer.1.DenseReluDense.wi_0."},
             {"ffn.fc1.", "layer.1.DenseReluDense.wi_1."},
             {"ffn.fc2.", "layer.1.DenseReluDense.wo."}})] = shape;
    }
    theirs["encoder.final_layer_norm.weight"] = theirs.at("norm.weight");
    theirs.erase("norm.weight");
    theirs["encoder.embed_tokens.weight"] = theirs.at("shared.weight");
    const auto source = neural::wan::with_umt5_names(std::make_shared<TableSource>(theirs));
    const auto net = neural::text::Umt5Encoder::load(Loader(source), {});
    EXPECT_TRUE(net.ok()) << net.error().text();
}

TEST(WanNames, SourcesOfAnyNameStayAsTheyAre) {
    const std::shared_ptr<const TensorSource> source = std::make_shared<ShapesOnly>();
    EXPECT_EQ(neural::wan::with_transformer_names(source), source);
    EXPECT_EQ(neural::wan::with_vae_names(source), source);
    EXPECT_EQ(neural::wan::with_umt5_names(source), source);
}

}  // namespace
