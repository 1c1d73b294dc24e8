package io.autopulse.testing;

import io.autopulse.warehouse.MigrationReport;
import io.autopulse.warehouse.Warehouse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A warehouse that another does the work of, and the statements that it was sent. */
public class RecordedWarehouse implements Warehouse {
  private final Warehouse other;
  private final List<String> statements = new CopyOnWriteArrayList<>();

  /** Records what another warehouse is sent. */
  public RecordedWarehouse(Warehouse other) {
    this.other = other;
  }

  /** Returns the statements that were sent until now, in their order. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  /**
   * Called before a statement is sent.
   *
   * @throws SQLException in the place of its result
   */
  protected void sending(String sql) throws SQLException {}

  @Override
  public Connection connect() {
    return proxy(Connection.class, other.connect());
  }

  private <T> T proxy(Class<T> type, Object driver) {
    return type.cast(
        Proxy.newProxyInstance(
            RecordedWarehouse.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(driver, method, arguments)));
  }

  private @Nullable Object call(
      Object driver, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
      statements.add(sql);
      sending(sql);
    }
    try {
      Object result = method.invoke(driver, arguments);
      return method.getName().equals("createStatement") && result != null
          ? proxy(Statement.class, result)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  @Override
  public MigrationReport migrate() {
    return other.migrate();
  }

  @Override
  public List<String> pending() {
    return other.pending();
  }

  @Override
  public String name() {
    return other.name();
  }

  @Override
  public void close() {
    other.close();
  }
}
