import { type MantineColorScheme, Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useRef } from "react";
import { useMayTour } from "@/app/shell/TourLayer";
import { Face } from "@/app/shell/Face";
import { Icon } from "@/components/icons";
import { send } from "@/lib/api";
import { useMe } from "@/lib/session";
import { says } from "@/lib/says";
import { useTexts } from "@/lib/texts";
import { tell } from "@/lib/toasts";
import { tour } from "@/lib/tour";
import { useSetting } from "@/lib/useSetting";

/** The menu of the person, open at first. */
export function PersonActions({ words }: { words: string }): ReactElement {
  const texts = useTexts();
  const me = useMe();
  const name = me.display_name || me.name;
  const target = useRef<HTMLButtonElement>(null);
  return (
    <Menu
      position="bottom-end"
      width={270}
      shadow="md"
      closeOnItemClick={false}
      defaultOpened
      onClose={() => target.current?.focus()}
    >
      <Menu.Target>
        <UnstyledButton ref={target} style={{ borderRadius: "50%" }}>
          <Face name={name} words={words} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={650} c="var(--sw-text)">
            {name}
          </Text>
          <Text size="xs">{texts.shell.zone(me.time_zone)}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Appearance />
        <OpensSteps />
        <Menu.Divider />
        <Settings />
        <ShowTour />
        <Menu.Item component="a" href="/docs" target="_blank" leftSection={<Icon sign="page" />}>
          {texts.shell.docs}
        </Menu.Item>
        <LogOut />
      </Menu.Dropdown>
    </Menu>
  );
}

function Appearance(): ReactElement {
  const { shell } = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices = [
    ["auto", shell.system],
    ["light", shell.light],
    ["dark", shell.dark],
  ] as const;
  return (
    <>
      <Menu.Label>{shell.appearance}</Menu.Label>
      <Menu.RadioGroup
        aria-label={shell.appearance}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      >
        {choices.map(([value, label]) => (
          <Menu.RadioItem key={value} value={value}>
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
    </>
  );
}

function OpensSteps(): ReactElement {
  const texts = useTexts();
  const set = useSetting();
  const isOn = useMe().settings?.opens_steps ?? true;
  return (
    <Menu.CheckboxItem checked={isOn} onChange={() => void set({ opens_steps: !isOn })}>
      {texts.shell.opensSteps}
    </Menu.CheckboxItem>
  );
}

function ShowTour(): ReactElement | null {
  const texts = useTexts();
  if (!useMayTour()) return null;
  return (
    <Menu.Item leftSection={<Icon sign="info" />} closeMenuOnClick onClick={() => tour.set(true)}>
      {texts.tour.again}
    </Menu.Item>
  );
}

function Settings(): ReactElement {
  const { ways } = useTexts();
  const navigate = useNavigate();
  return (
    <Menu.Item
      leftSection={<Icon sign="settings" />}
      closeMenuOnClick
      onClick={() => void navigate({ to: "/settings" })}
    >
      {ways.settings}
    </Menu.Item>
  );
}

function LogOut(): ReactElement {
  const texts = useTexts();
  const leave = async (): Promise<void> => {
    try {
      await send("POST", "/logout");
      window.location.assign("/");
    } catch (error) {
      tell(says(error, texts), { isError: true });
    }
  };
  return (
    <Menu.Item leftSection={<Icon sign="release" />} onClick={() => void leave()}>
      {texts.shell.logOut}
    </Menu.Item>
  );
}
