package io.autopulse.testing;

import com.dtolabs.rundeck.core.common.NodeEntryImpl;
import com.dtolabs.rundeck.core.dispatcher.DataContextUtils;
import com.dtolabs.rundeck.core.execution.ExecArgList;
import com.dtolabs.rundeck.core.execution.ExecutionException;
import com.dtolabs.rundeck.core.execution.script.ExecTaskParameterGeneratorImpl;
import com.dtolabs.rundeck.core.execution.script.ExecTaskParameters;
import com.dtolabs.rundeck.core.utils.OptsUtil;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The process that Rundeck starts for a command step: split, substituted, quoted and given an
 * environment by Rundeck's own classes, as its executor on the local host does.
 */
public final class RundeckStep {
  private RundeckStep() {}

  /**
   * Returns the process, not started.
   *
   * @param command as the job's file has it
   * @param options values of the job's options
   * @param folder the attribute {@code folder} of the node
   */
  @SuppressWarnings("deprecation") // What the executor calls.
  public static ProcessBuilder process(String command, Map<String, String> options, Path folder) {
    NodeEntryImpl node = new NodeEntryImpl("localhost", "autopulse");
    node.setOsFamily("unix");
    Map<String, Map<String, String>> context = new HashMap<>();
    context.put("option", options);
    context.put("node", Map.of("folder", folder.toString()));
    List<String> words =
        ExecArgList.fromStrings(
                DataContextUtils.stringContainsPropertyReferencePredicate, OptsUtil.burst(command))
            .buildCommandForNode(context, "unix");
    try {
      ExecTaskParameters task =
          new ExecTaskParameterGeneratorImpl()
              .generate(node, true, null, words.toArray(String[]::new));
      List<String> process = new ArrayList<>();
      process.add(task.getCommandexecutable());
      process.addAll(Arrays.asList(task.getCommandArgs()));
      ProcessBuilder builder = new ProcessBuilder(process);
      builder.environment().putAll(DataContextUtils.generateEnvVarsFromContext(context));
      return builder;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
