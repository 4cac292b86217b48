/* A plugin for QEMU that counts the instructions executed between a call of count_begin and the next call of count_end,
   and writes a line for each: what follows the first instruction of the one up to the first of the other.
   Usage: -plugin libcount.so,out=FILE. Debian ships no header for plugins, so what is used of version 1 of the interface
   (QEMU's docs/devel/tcg-plugins.rst) is declared here. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef void (*translated)(qemu_plugin_id_t, struct qemu_plugin_tb*);
typedef void (*executed)(unsigned, void*);
typedef void (*ended)(qemu_plugin_id_t, void*);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, translated);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn*, executed, int flags, void*);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t, ended, void*);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb*);
struct qemu_plugin_insn* qemu_plugin_tb_get_insn(const struct qemu_plugin_tb*, size_t);
const char* qemu_plugin_insn_symbol(const struct qemu_plugin_insn*);

enum { no_registers = 0 };

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

static FILE* out;
static int counting;
static uint64_t count;

static void begin(unsigned cpu, void* data) {
  (void)cpu, (void)data;
  counting = 1;
  count = 0;
}
static void end(unsigned cpu, void* data) {
  (void)cpu, (void)data;
  if (counting) fprintf(out, "%llu\n", (unsigned long long)count);
  counting = 0;
}
static void any(unsigned cpu, void* data) {
  (void)cpu, (void)data;
  count += counting;
}
static void finish(qemu_plugin_id_t id, void* data) {
  (void)id, (void)data;
  fclose(out);
}

/* Both markers are a single instruction. */
static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb* block) {
  (void)id;
  for (size_t i = 0; i < qemu_plugin_tb_n_insns(block); ++i) {
    struct qemu_plugin_insn* insn = qemu_plugin_tb_get_insn(block, i);
    const char* symbol = qemu_plugin_insn_symbol(insn);
    executed what = any;
    if (symbol != NULL && strcmp(symbol, "count_begin") == 0) what = begin;
    if (symbol != NULL && strcmp(symbol, "count_end") == 0) what = end;
    qemu_plugin_register_vcpu_insn_exec_cb(insn, what, no_registers, NULL);
  }
}

__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id, const void* info, int argc,
                                                               char** argv) {
  (void)info;
  if (argc != 1 || strncmp(argv[0], "out=", 4) != 0 || (out = fopen(argv[0] + 4, "w")) == NULL) return 1;
  qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
  qemu_plugin_register_atexit_cb(id, finish, NULL);
  return 0;
}
